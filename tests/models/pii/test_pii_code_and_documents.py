"""Programs, settings, logs, manuals and tables of numbers: what looks like personal data in them and is not."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()

NOT_ACCOUNTS = [
    "    my ($first, @rest) = split /,/, $line;",
    "        push @queue, $node;\n        return if @visited;",
    "foreach my $item (@basket) { print $item; }",
    "/**\n * list_append:\n * @item:  what is added\n * @brief  Appends\n */",
    "// @snippet reader\n// @summary Reads",
    "syn region mapBlock contains=ALL,@mapWords,@mapMarks",
    "SELECT total FROM basket WHERE id = @basket_id;",
    "The path is searched in @INC and @ISA_LIST.",
    "    @overload  # for whole numbers\n    def scale(self) -> int: ...",
    "Run `tool init @acme` first; a scope such as @myorg or @mycompany is fine.",
    "<U0041>     /x41         LATIN CAPITAL LETTER A",
    "  4. <ESC> leaves the dialog.",
    "<options> must be separated by blanks.",
    "$handle = undef;\n$username = shift(@given);",
    "handle: SliderKnob {\n    width: 20\n}",
    "This function cannot handle utf_8 input, nor can it handle data2.",
    "file_handle = source.open()",
    "Add the user name to session_context before the call.",
    "See http://docs.foox.com/guide for more.",
    "This flag is used to remove member connections from a group; it is called by user code, too.",
    "The report was created by calling\nthe second program.",
    "\\fB@acme\\fR is replaced.",
]
ACCOUNTS = [
    ("thanks @mira_lind, that works", "mira_lind"),
    ("* @torvald can you look at this; it is broken", "torvald"),
    ("reach me (@oona.k) or by mail", "oona.k"),
    ("[12:41] <fjodor> is the build still red?", "fjodor"),
    ("<fjodor> is the build still red?", "fjodor"),
    ("She set her username to mira_lind yesterday.", "mira_lind"),
    ("https://mobile.twitter.com/mira_lind", "mira_lind"),
    ("$username = 'mira_lind';", "mira_lind"),
    ("session closed for user miralind", "miralind"),
    ("handle: mira_lind", "mira_lind"),
]


@pytest.mark.parametrize("text", NOT_ACCOUNTS)
def test_what_a_program_marks_with_a_sign_is_no_account(text: str) -> None:
    assert [f for f in ANALYZER.scan(text).findings if f.entity == "USERNAME"] == []


@pytest.mark.parametrize(("text", "name"), ACCOUNTS)
def test_accounts_are_found_where_people_write_them(text: str, name: str) -> None:
    found = {text[f.start : f.end].lstrip("@") for f in ANALYZER.scan(text).findings if f.entity == "USERNAME"}
    assert name in found
