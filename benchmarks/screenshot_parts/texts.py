"""Invented texts for the pictures."""

LETTER = """\
Dear Ms Varga,

thank you for your call of 3 May 2026. As agreed, we will refund the second payment of $149.00 for order \
1042-77, which was charged twice on 28 April 2026 by mistake.

Please confirm that this account is still yours: DE89 3704 0044 0532 0130 00. If anything has changed, write to \
claims@northwind-insurance.example or call +44 20 7946 0958 before 15 May 2026.

We are sorry for the trouble. A voucher for $20.00 is on its way to 14 Harbour Street, Bristol BS1 4RN.

Kind regards
Daniel Okafor
Claims department
"""
COMPLAINT = """\
The dishwasher arrived with a broken door, and nobody has answered my three e-mails since Monday. This is the \
worst service I have had in years. I was also charged twice. I want my money back by the end of the week.
"""
MEETING = """\
Weekly product meeting, 12 October 2026

The team went through the results of the pilot. Two clinics use the new form every day; the third had trouble with \
printing. Sales asked for a date for the public launch.

We decided to launch on 2 November and to leave printing for the next release. We agreed to keep the price as it is \
until January.

Priya will write the release notes by Friday. Tom will call the third clinic and find out what went wrong with the \
printer. Ana will prepare the training video before the end of the month.

There was some talk about a mobile version. No decision was taken; it comes back in the December meeting.
"""
NOTE = "Answer the customer that the delivery is on its way and arrives on Thursday. Friendly, three sentences."

RESTORED = """\
Dear Ms Varga,

thank you for your patience. The second payment for order 1042-77 is on its way back to you.

If anything is unclear, call us at [PHONE_02].

Kind regards
Daniel Okafor
"""
HERE = """\
Dear customer,

your delivery is on its way and arrives on Thursday. Please make sure that somebody is at home. Thank you for \
your patience.
"""
THERE = """\
Dear customer,

good news: your delivery is on its way and will arrive on Thursday. There is nothing that you need to do. Thank \
you so much for your patience!
"""


SHOP = """text,label
my parcel has not arrived,delivery
where is the package I ordered,delivery
the courier never came,delivery
I want my money back,refund
how do I get a refund,refund
please return what I paid,refund
=SUM(A1:A9),refund
,refund
my parcel has not arrived,refund
"""
