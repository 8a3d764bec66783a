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
    "Store the user name and password for various programs; it was created by fallocate(1).",
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
    "A senha mais comum é “senha”.",
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


NOT_NUMBERS_OF_PEOPLE = [
    "c -0.453125 0.0507812 -0.882812 0.222656 -1.25 0.5 c -0.488281 0.371094",
    "l 0.449219 1 1 1 s 0.25 -0.71875 v 0.28124975",
    "XX\t+7634-06847\tAmerica/Somewhere\nYY\t+314650+0351326\tAsia/Elsewhere",
    "use Example 1.002003;",
    "is_subwin@NCURSES_5.8.20110226 6",
    "ISO C++ 14882: 20.4.6 says so; <Buffer 01 02 03 04 05>",
    "out[0] = 11111122;\nout[1] = 22223333;",
    "2015-10-01T14:07:59.168662+02:00 started",
    "z m 0 1.9726565 c 3.050781 0 5.515625 2.46",
    "3560\n3665\n3666\n3793\n3794\n3873",
    "set(CMAKE_Swift_COMPILER found)",
    "cmake_policy(SET ABC0003 OLD) and cmake_policy(GET ABC0106 _old)",
    "https://bugs.example.org/show.cgi?id=100871&id=100872",
    "Subject: CN=Root\n# Serial: 1977337328857672817\n# MD5 Fingerprint: 73:3a",
    "1.52-.87 2.83-2.12 3.51.98.32 2.03.5 3.11.5",
    "allow 123.123.123.123 and 77.77.77.77",
    "00:00:5e:00:53:af and 01:00:5e:90:10:01 and 33:33:00:00:00:fb",
    "See case C-131/12 and claims under T-7/04.",
]
NUMBERS_OF_PEOPLE = [
    ("call +4930-12345678 today", "PHONE"),
    ("tel. 0176.12345678", "PHONE"),
    ("his card is\n4111\n1111\n1111\n1111\nthank you", "PAYMENT_CARD"),
    ("SWIFT code: DEUTDEFF", "BANK_ACCOUNT"),
    ("Serial number: 1977337328857672817", "DEVICE_ID"),
    ("the user connected from 81.2.69.142 again", "IP_ADDRESS"),
    ("MAC 00:1b:44:11:3a:b7", "MAC_ADDRESS"),
    ("policy no. ABC0003171", "ID_NUMBER"),
]


@pytest.mark.parametrize("text", NOT_NUMBERS_OF_PEOPLE)
def test_numbers_of_drawings_maps_and_programs_are_nobodys(text: str) -> None:
    assert ANALYZER.scan(text).findings == ()


@pytest.mark.parametrize(("text", "entity"), NUMBERS_OF_PEOPLE)
def test_numbers_of_people_are_found_beside_such_forms(text: str, entity: str) -> None:
    assert entity in {f.entity for f in ANALYZER.scan(text).findings}


NOT_NAMES = [
    "Das ist die häufigste Art von Akku ist bekannt.",
    "Dieser Zirkel von Gewohnheiten ist bekannt.",
    "So tat es die kluge Frau. Der König schwieg.",
    "This is Rule of Feline Frustration, said the Howard Government in Santa Cruz.",
    "We met in Hong Kong and flew to Mato Grosso and Alice Springs.",
    "It provides control over the VESA Display Power signal.",
    '{"name": "Travis CI", "constant": "TRAVIS"}',
    "name: Magnum AI",
]
NAMES = [
    ("Die Klage von Anna von Stein wurde abgewiesen.", "Anna von Stein"),
    ("Name: Ngozi Ilunga", "Ngozi Ilunga"),
    ("Frau Odrowski kommt später.", "Odrowski"),
    ("Yesterday Wilhelmina Prentiss called me.", "Wilhelmina Prentiss"),
    ("I spoke with JOHN HARRINGTON about it.", "JOHN HARRINGTON"),
]


@pytest.mark.parametrize("text", NOT_NAMES)
def test_ideas_places_and_products_are_nobodys_names(text: str) -> None:
    assert [f for f in ANALYZER.scan(text).findings if f.entity == "PERSON"] == []


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_of_people_are_found_beside_such_words(text: str, name: str) -> None:
    assert name in {text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity == "PERSON"}


def test_a_count_behind_a_name_in_a_list_of_changes_is_no_age() -> None:
    assert "AGE" not in {f.entity for f in ANALYZER.scan("Wilhelmina Prentiss (34):\n      mail: drop it").findings}
    assert "AGE" in {f.entity for f in ANALYZER.scan("Wilhelmina Prentiss (34) was seen by us.").findings}
