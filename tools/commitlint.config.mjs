/** Types and form of https://www.conventionalcommits.org; the subject is a sentence that says what changes for whom. */
export default {
  extends: ['@commitlint/config-conventional'],
  rules: { 'subject-case': [0], 'header-max-length': [2, 'always', 120], 'body-max-line-length': [0] },
};
