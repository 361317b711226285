# Completion of mentor in fish: mentor completion fish | source
function __mentor_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -lx _MENTOR_COMPLETE fish
    set -lx _MENTOR_WORDS (string join \x1f -- $words[2..] "$current")
    set -l answer ($words[1] 2>/dev/null)
    if test "$answer" = \x1f"files"
        __fish_complete_path "$current"
    else if set -q answer[1]
        string join \n -- $answer
    end
end
complete --command mentor --no-files --arguments "(__mentor_complete)"
