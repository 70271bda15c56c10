
# Names of environments, where one may stand: asked of the cluster that the line names, or of the
# files here for a plan. Nothing is offered when nobody answers.
_hikkoshi_environments() {
  local -a cluster=()
  local i
  for ((i = 2; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --kubeconfig | --context | -n | --namespace)
        # bash takes --namespace=x apart into three words
        [ "${COMP_WORDS[i + 1]}" = "=" ] && cluster+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 2]}") ||
          cluster+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}")
        ;;
    esac
  done
  case ${COMP_WORDS[1]} in
    status | explain | history | resume) "${COMP_WORDS[0]}" status ${cluster[@]+"${cluster[@]}"} -o name ;;
    plan) "${COMP_WORDS[0]}" validate -o name ;;
  esac 2>/dev/null | sed -n 's|^environment/||p'
}

_hikkoshi_with_environments() {
  _complete_hikkoshi "$@"
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} names
  [ "$COMP_CWORD" -ge 2 ] || return 0
  case $word in -* | =) return 0 ;; esac
  case $before in
    = | --kubeconfig | --context | -n | --namespace | -o | --output | --every | --move | --reason | \
      --author | --timeout | --folder | --git | --branch | --commit | --credentials) return 0 ;;
  esac
  names=$(_hikkoshi_environments)
  [ -z "$names" ] || COMPREPLY+=($(compgen -W "$names" -- "$word"))
}

complete -F _hikkoshi_with_environments -o default hikkoshi
