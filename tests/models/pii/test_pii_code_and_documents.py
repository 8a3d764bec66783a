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


NOT_SECRETS = [
    '<modify signature="setEngines(QueueEngine*,DrawEngine*)">',
    '<modify signature="^glTurnMatrix[df]\\\\(.*$">',
    "tools/token_count.py,sha256=s8xR6NXlvtgh1Z6ZCVTrfWM9NWbWsoCG2WxdevTXbKA,309",
    "def join(inner_pattern, inner_token, ignore_case=False):",
    "def sign(base_string, client_secret, owner2_secret):",
    "<key>CFBundleGetInfoString</key><string>Reader</string>",
    "#define chain1305_set_key acme_chain1305_set_key",
    "let pat = '\\\\c^\\\\s*\\\\%(#\\\\s*lang\\\\s\\\\+\\\\|x)'",
    "header['proxy-authorization'] === `Basic ${Buffer.from('user:pass').toString('base64')}`",
    ".B --export-secret-key-p12 \\fIkey2-id\\fR",
    "askPassSet: config?.core2?.askpass !== undefined",
    "class FixLoopsPass : PassInfoMixin2<FixLoopsPass> {",
    "PASS: base/align.exp: always_inserted=off, watch=1",
    'PASS: base/align.exp: get value of "a_float_x_long2"',
    "Pass the corresponding `ArrayBuffer2` in the second call.",
    "Options are used to pass options to `setup2.py`.",
    "password [success=1 default=ignore] unix.so",
    '$pwd_cmd = "$sh2 -c pwd";',
]
SECRETS = [
    ("PASS: Wolkig-71-Fenster", "Wolkig-71-Fenster"),
    ("signature=9fK2lQ8vT0xZ4nB7cR1mW5y", "9fK2lQ8vT0xZ4nB7cR1mW5y"),
    ("api_secret,9fK2lQ8vT0xZ4nB7cR1mW5y,active", "9fK2lQ8vT0xZ4nB7cR1mW5y"),
    ('client_secret = "q)+7Vd[2kL!9zR0p"', "q)+7Vd[2kL!9zR0p"),
    ("pass is Wolkig71!", "Wolkig71"),
]


@pytest.mark.parametrize("text", NOT_SECRETS)
def test_a_piece_of_a_program_is_no_secret(text: str) -> None:
    assert [f for f in ANALYZER.scan(text).findings if f.entity in ("API_TOKEN", "PASSWORD")] == []


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_secrets_are_found_in_the_same_forms(text: str, secret: str) -> None:
    found = [text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity in ("API_TOKEN", "PASSWORD")]
    assert any(secret in value for value in found)
