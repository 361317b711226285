"""The one door to the records.

Whoever reads or changes records does it through `data.store.store.Store`. The other modules are its
parts: undo, text that is being typed, saving in a thread, and what other sessions have changed.
"""
