"""What looks like personal data and is not: the false alarms that make people ignore a warning."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()

NEAR_MISSES = [
    "APP_SECRET=<insert secret>\nRETURN_TO=https://shop.example/done",
    "The GUID is 123e4567-e89b-12d3-a456-426614174000.",
    "Commit 3f786850e387550fdab836ed7e6dc881de23001b fixes the bug.",
    "sha256:9f86d081884c7d659a2feaa822ad55d015a3bf4f1b2b0b822cd15d6c15b0f00a",
    "Order #4839201123 shipped on 2024-03-02, tracking 1Z999AA10123456784.",
    "Invoice number 20240315-0042, PO 4500123456, VAT DE123456789.",
    "Serial 123-456-7890-1, part no. 555-1234-567, SKU 0123456789012.",
    "ISBN 978-3-16-148410-0 and ISBN 0-306-40615-2.",
    "Version 2.14.0.1 fixes CVE-2024-12345 in build 20240115.3.",
    "See section 4.1.2.3 and chapter 1.2.3.4.",
    "Backup 2024-01-15 10:22:33, then 20240115T102233Z.",
    "Timestamps 1700000000000 and 1700000000.",
    "It costs $1,234,567.89 or 1.234.567 euros or 123 456 789 yen.",
    "The meeting on 15/03/2024 at 14:00 covers items 1-12, pages 123-145.",
    "Room temperature 20-25 C, humidity 40-60 %, population 1 234 567 890.",
    "pi is 3.14159265358979; coordinates 48.8566, 2.3522.",
    "call 911 in an emergency, dial 112.",
    "IP 127.0.0.1, mask 255.255.255.0, subnet 10.0.0.0/8, resolver 8.8.8.8.",
    "Use std::string and a::b at 10:22:33.",
    "William Shakespeare was born in April 1564 in Stratford.",
    "The company was founded on 4 July 1976 and the agreement is dated 12 March 2014.",
    "President Obama met Chancellor Angela Merkel in Berlin on 12 March 2014. Mr. Obama smiled.",
    "Dr Pepper and Mr. Clean are brands. Mr. Bean is funny. Miss Universe was held in Miami.",
    "Dr. Martin Luther King Jr. delivered his speech in 1963.",
    "Dear Customer, thank you for your order. Best regards, The Support Team",
    "Dear Hiring Manager,",
    "Kind regards,\nCustomer Service",
    "Sr. Software Engineer wanted. Contact: Sales Department",
    "Name: Premium Widget 3000\nProduct name: Deluxe Chair",
    "From: Monday to Friday\nTo: All Employees",
    "The patient recovered. The client signed. The customer Acme Corporation agreed.",
    "10 Downing Street and 1600 Pennsylvania Avenue are famous addresses.",
    "The password is incorrect. Your password must be at least 12 characters long.",
    "Enter your password: <password> or set PASSWORD=${DB_PASSWORD}.",
    "password: changeme",
    "Password: required. Password policy: strong",
    "def login(password: str = None) -> bool: return check_password(password=password)",
    "export OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxx",
    "OPENAI_API_KEY=sk-…",
    'api_key: "YOUR_API_KEY_HERE"',
    'secret = get_secret("prod/db"); token = os.environ["GITHUB_TOKEN"]',
    "const authToken = req.headers.authorization.split(' ')[1];",
    "The token expired; the secret to success is hard work and determination.",
    'Use the key "user_name"; primary key: customer_order_item_id',
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "https://user:<password>@host.example and https://host.example:8080/a@b",
    "git clone git@github.com:acme/tool.git and see icon@2x.png",
    "Install lodash@4.17.21 and follow @strongroom.",
    "0x0000000000000000000000000000000000000000",
    "Free Software Foundation, Fifth Floor, Boston, MA 02110-1301, USA (merge 0222540827).",
    "A film called Star Wars; his wife Michelle Obama; this is Microsoft Windows, and the bank met with Goldman Sachs.",
    "Apple, Nike and Coca-Cola reported results; Tim Cook and Elon Musk spoke.",
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_is_not_flagged(text: str) -> None:
    scan = ANALYZER.scan(text)
    assert scan.complete
    assert [(finding.entity, text[finding.start : finding.end]) for finding in scan.findings] == []
