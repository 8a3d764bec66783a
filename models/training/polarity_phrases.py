"""Whole sentences of praise, of complaint and of neither, that say what happened rather than how it was.

Written for this purpose; see ``polarity_sentences``.
"""

_PRAISE = """It does exactly what I hoped for and more.|They answered within minutes and fixed everything.
|I slept like a baby.|My children ask for it every day.|I have bought it three times now.
|I finished it in one sitting.|I laughed until I cried.|It still looks like new after two years.
|They went out of their way to help me.|I would give it six stars if I could.|My mother was in tears of joy.
|It saves me an hour every day.|Finally something that keeps its promises.
|I have told all my friends about it.|The audience rose to its feet.|It arrived a day early and well packed.
|He took his time and listened to me.|She calmed my son at once.|It paid for itself in a month.
|We felt welcome from the first minute.|I can finally walk without pain.
|It brought back my faith in the genre.|Every scene rings true.|The dialogue sparkles.
|You will leave the cinema humming.|Not a minute too long.|It has heart, brains and style.
|The cast is a delight to watch.|She gives the performance of her career.|Smart, tender and beautifully shot.
|An absolute treat for the eyes.|It stays with you long after the credits.|A pleasure to deal with.
|Hats off to everyone involved.|Well done, keep it up!|Problem solved, many thanks!|You saved my holiday.
|I am impressed by how easy it was.|No other brand comes close.|It fits as if made for me.
|The best money I have spent this year.|They keep their word.|The food melted in the mouth.
|The view took my breath away.|Everything went without a hitch.|I could not be happier.
|I am so grateful for your help.|It is everything that I wanted.
|The colours are rich and the picture is sharp.|It runs quietly and lasts all day.
|I look forward to it every week.|They refunded me without any argument.|It makes even dull work fun.
|The writing is crisp and alive.|I have never felt so well looked after.|Our guests were thrilled.
|The team kept me informed at every step.|My skin has never felt better.|I am already planning the next visit.
|A feast for young and old.|What a relief, it finally works.|There is so much to admire here.
|It grabs you and does not let go.|This one is a keeper.|I have nothing but praise for them."""

_COMPLAINT = """It broke on the second day.|Nobody answers the phone.|I have been waiting for weeks.
|They charged me twice and will not pay it back.|I fell asleep after half an hour.|The jokes fall flat.
|I could not finish it.|It smells of plastic.|I asked for help and got a form letter.
|Half of the parts were missing.|It arrived damaged and nobody cares.|They hung up on me.
|I will take my business elsewhere.|The room had mould on the walls.|It crashes every time I open it.
|My back hurts from it.|She did not even look at me.|He talked down to me.|It is a rip-off.|They lied to us.
|I was sick all night after the meal.|It gets hot and makes a horrible noise.
|The seams came apart in the wash.|I threw it away.|It does not do what the box says.
|It goes nowhere and takes two hours to get there.|The script is a string of clichés.
|The actors look as lost as the audience.|You can see the end coming from the first scene.
|It is all noise and no feeling.|A long evening with little reward.|Nothing in it feels true.
|It wants to be clever and is only loud.|The director has run out of ideas.|More a trailer than a story.
|There is no chemistry between the leads.|It drags on without end.|I checked my watch five times.
|Not worth the ticket.|I wish I had stayed at home.|You have lost a customer.
|This is the third time and I have had enough.|I am shocked by how I was treated.|My complaint was ignored.
|No apology, no refund, nothing.|The data was gone after the update.|It eats batteries.
|The instructions make no sense.|It took four calls to get an answer, and it was the wrong one.
|They promised Monday and it is Friday.|Someone should lose his job over this.|We left hungry.
|The bed was hard and the street loud all night.|It scratched my floor.|I feel cheated.|What a let-down.
|The quality has gone downhill.|It leaves a bitter taste.|I expected better from such a company.
|It fell off the wall and smashed.|The soup was cold and so was the welcome.
|I still have no answer, and nobody takes responsibility.|It has made everything slower and harder.
|There is hardly a good word to say about it.|They made us wait in the rain."""

_NEITHER = """The office is closed on public holidays.|Please find the form attached.|Could you tell me the price?
|I would like to change my address.|The story is set in Lisbon in the 1930s.
|It was directed by a newcomer from Norway.|The package holds twelve pieces.
|We met on Tuesday and talked about the budget.|The train leaves from platform four.
|You can pay by card or by transfer.|The second part will be published in May.
|He works as a plumber and has two children.|Is there a car park nearby?|The device weighs 400 grams.
|The appointment is at half past ten.|It is the third book of a trilogy.
|I have ordered the blue one in medium.|The meeting will take place online.|The sample contained 40 people.
|My customer number is on the letter.|She moved to Leeds last autumn.|We need the signed copy by Friday.
|The shop sells bread and newspapers.|A new version is released every spring.|Does it run on both systems?
|The report lists the costs by region.|The hall seats three hundred people.|They used the bus and then walked.
|It can be washed at forty degrees.|Some like it, some do not.|It is fine for the price, no more, no less.
|There are arguments for and against it.|I have no strong feelings about it.
|It is neither better nor worse than the last one.|The first half is better than the second.
|It did the job, that is all.|I tried it once.|The series follows three families over ten years.
|The tests start next week.|Please confirm that you received my e-mail."""

PHRASES = tuple(tuple(part.strip() for part in text.split("|")) for text in (_PRAISE, _COMPLAINT, _NEITHER))
"""By class: praise, complaint, neither."""
