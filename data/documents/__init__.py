"""Documents: what leaves the program, on paper and on the screen, and forms that come back.

A document is a neutral value (`model`): headings, paragraphs, lists, tables, lines to sign. Each
kind of document is one file of `kinds`, which makes it from records that hold nothing private;
each format is one file of `writers`. `sources` makes a document from the store. The reading pages
of the screens are drawn from the same value, so that screen and paper cannot differ.
"""
