# Completion of mentor in bash: eval "$(mentor completion bash)"
_mentor() {
    local IFS=$'\x1f' answer
    COMPREPLY=()
    answer=$(_MENTOR_COMPLETE=bash _MENTOR_WORDS="${COMP_WORDS[*]:1:COMP_CWORD}" "$1" 2>/dev/null)
    if [[ $answer == $'\x1ffiles' ]]; then
        compopt -o default -o bashdefault
    elif [[ -n $answer ]]; then
        mapfile -t COMPREPLY <<<"$answer"
    fi
}
complete -F _mentor mentor
