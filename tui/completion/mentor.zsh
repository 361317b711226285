#compdef mentor
# Completion of mentor in zsh: eval "$(mentor completion zsh)"
_mentor() {
    local answer line
    local -a values shown
    answer="$(_MENTOR_COMPLETE=zsh _MENTOR_WORDS="${(pj:\x1f:)words[2,CURRENT]}" ${words[1]} 2>/dev/null)"
    if [[ $answer == $'\x1ffiles' ]]; then
        _files
        return
    fi
    [[ -n $answer ]] || return 1
    for line in "${(@f)answer}"; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  -- }")
    done
    compadd -l -M 'm:{[:lower:]}={[:upper:]}' -d shown -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _mentor "$@"
else
    compdef _mentor mentor
fi
