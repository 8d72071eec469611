export const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const NAMES = 'orchestrate-bedrock orchestrate-bedrock.sh';

/** Bash breaks words at colons, which model ids have: the words are split here, and matches lose what is typed. */
const BASH = `# bash completion of orchestrate-bedrock: source this file, or put it into bash-completion's folder.
_orchestrate_bedrock() {
  local line=\${COMP_LINE:0:COMP_POINT} words word typed prefix
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  typed=\${words[\${#words[@]} - 1]}
  prefix=\${typed%"\${typed##*:}"}
  COMPREPLY=()
  while IFS= read -r word; do
    [[ -n $word ]] && COMPREPLY+=("\${word#"$prefix"}")
  done < <("\${words[0]}" __complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _orchestrate_bedrock ${NAMES}`;

const ZSH = `#compdef ${NAMES}
# zsh completion of orchestrate-bedrock: source this file, or put it into a folder of $fpath as _orchestrate-bedrock.
_orchestrate_bedrock() {
  local -a found
  found=("\${(@f)$("\${(Q)words[1]}" __complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( \${#found} )); then compadd -a found; else _files; fi
}
if [[ \${funcstack[1]} == _orchestrate-bedrock ]]; then
  _orchestrate_bedrock "$@"
else
  compdef _orchestrate_bedrock ${NAMES}
fi`;

const FISH = `# fish completion of orchestrate-bedrock: source this file, or put it into ~/.config/fish/completions.
function __orchestrate_bedrock_words
    set -l typed (commandline --tokenize --cut-at-cursor --current-process)
    set -l begun (commandline --cut-at-cursor --current-token)
    set -l found ($typed[1] __complete -- $typed[2..-1] "$begun" 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path "$begun"
    end
end
${NAMES.split(' ')
  .map((name) => `complete --command ${name} --no-files --arguments '(__orchestrate_bedrock_words)'`)
  .join('\n')}`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

export const completionScript = (shell: Shell): string => SCRIPTS[shell];
