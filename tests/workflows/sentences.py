"""English texts about three topics, and about anything else, none of which tells a group."""

import numpy as np

COOKING = """\
Chop the onions finely.
Simmer the stew for an hour.
Season it with salt and pepper.
Roast the vegetables in the oven.
Knead the dough until it is smooth.
Whisk the eggs with a little cream.
Melt the butter in a hot pan.
Add a clove of garlic.
Boil the pasta in plenty of water.
Serve it with rice and fresh herbs.
Grate some cheese on top.
Marinate the chicken overnight.
Stir the sauce now and then.
Peel and dice the potatoes.
Squeeze half a lemon over the fish.
Let the soup cool before tasting.
Toast the spices in a dry skillet.
Bake the bread until it is golden.
Fold the flour into the batter.
Pour the broth over the lentils.
Slice the tomatoes and the basil.
Grill the peppers until they blister.
Rinse the beans and drain them.
Thicken the gravy with starch.
Sprinkle thyme over the mushrooms.
Fry the bacon until it is crisp.
Mash the carrots with olive oil.
Steam the spinach for two minutes.
Stuff the cabbage with minced meat.
Glaze the ham with honey and mustard.
""".splitlines()
FOOTBALL = """\
The striker scored twice.
The goalkeeper saved a penalty.
The referee showed a yellow card.
The defender cleared the ball off the line.
The midfielder passed through the middle.
The home team lost the derby.
A corner kick led to the goal.
The captain headed the ball in.
The coach changed the formation.
The fans sang until the final whistle.
It was offside by a metre.
The winger crossed from the left.
Stoppage time decided the match.
The free kick hit the post.
The cup final went to extra time.
The league table did not change.
The substitute came on at half time.
The keeper fumbled the shot.
The visitors equalised late.
The stadium was sold out.
A foul in the box cost the game.
The back four played too high.
The transfer window closes on Friday.
The youth team won the tournament.
The pitch was wet and slow.
The referee blew for a handball.
The forward missed an open goal.
Both teams settled for a draw.
The hat trick made the headlines.
The national team plays on Sunday.
""".splitlines()
BOOKKEEPING = """\
Check the invoices of last month.
Post the entry to the ledger.
Reconcile the bank statement.
File the tax return in time.
The payroll was booked twice.
Close the books at year end.
The balance sheet does not balance.
Debit the account for supplies.
Credit the supplier for the return.
Keep every receipt for the auditor.
Depreciate the equipment over five years.
The cash flow statement is due.
Send the reminder for the unpaid bill.
Accrue the interest on the loan.
The expense report lacks a signature.
Enter the purchase order in the system.
The budget was exceeded in March.
The trial balance shows an error.
Write off the bad debt.
Record the sales tax separately.
The quarterly figures were revised.
The petty cash is three coins short.
Number the vouchers in sequence.
The accounts receivable have grown.
Allocate the overhead to the cost centres.
The fiscal year begins in July.
The audit found no irregularities.
Carry the profit forward.
The reimbursement is still pending.
Match the payment to the invoice.
""".splitlines()
ANYTHING = """\
The comet was last seen from Chile in 1986.
A violin needs new strings every few months.
Glaciers carve valleys over thousands of years.
The museum keeps its oldest map in a drawer.
Bees dance to tell where flowers are.
The ferry to the island leaves at noon.
Concrete hardens even under water.
An octopus has three hearts.
The novel begins with a letter from Lisbon.
Moss grows on the north side of the wall.
The clock in the tower runs four minutes late.
Silk was once worth more than silver.
Volcanic soil is good for vineyards.
The train crosses nine bridges before the border.
Owls turn their heads almost all the way round.
The password has to be changed every spring.
Salt lowers the freezing point of roads.
The choir rehearses in an empty factory.
Lightning struck the old oak twice.
A kayak is easier to turn than a canoe.
The satellite lost contact above the Pacific.
Some ferns are older than the dinosaurs.
The vaccine has to be kept cold on its way.
A chess game can last more than five hundred moves.
The lighthouse was painted red last year.
Wolves returned to the forest after a century.
The printer refuses to work with recycled paper.
Rainbows are circles when seen from a plane.
The dictionary lists forty words for snow.
Copper turns green in the open air.
The tailor measured the curtains, not the coat.
Camels store fat, not water, in their humps.
The parliament votes on the treaty next week.
A broken zip can be mended with a pencil.
The river has changed its course since the war.
Bamboo grows a metre on a warm day.
The telescope mirror took two years to polish.
Penguins pay with pebbles.
The elevator stops at every floor on Saturdays.
Amber often holds insects.
The dentist moved to the building by the canal.
Tides follow the moon with a delay.
The opera house was built on a swamp.
A good knot loosens when it is pushed.
The desert was a sea long ago.
Fog delayed all flights from the northern airport.
The sculpture weighs less than it seems.
Mushrooms talk through the soil.
The election was decided by eleven votes.
The bicycle has a bell but no brakes.
Old glass is not thicker at the bottom.
The whale song changed within one season.
The telegram arrived after the wedding.
The carpet shows a garden with four rivers.
Quartz keeps the beat in most watches.
The bakery next door became a bank.
Parrots name their chicks.
The tunnel under the strait is fifty kilometres long.
A thermometer in the attic showed forty degrees.
The library fines were abolished in March.
Sand from the Sahara fertilises the Amazon.
The patent for the stapler has expired.
Marathon runners lose two centimetres of height.
The lake turns pink in dry summers.
Ink was made from oak galls.
The committee could not agree on a logo.
Seahorses are poor swimmers.
The attic was full of unsent postcards.
A new subway line opens in October.
Cork trees survive most fires.
The bell was melted down for cannons.
Hail damaged the greenhouse roof.
The alphabet lost two letters in the reform.
The shepherd counts in an older language.
Magnets weaken when they are heated.
The theatre sells its costumes every winter.
Eels cross the whole Atlantic once.
The passport photo was rejected for the smile.
A meteorite sold for the price of a house.
The harbour freezes only in hard winters.
""".splitlines()


def texts(topic: list[str], rng: np.random.Generator, count: int) -> list[str]:
    """Different texts of five of a topic's sentences each, as long as answers are."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(topic[place] for place in rng.choice(len(topic), 5, replace=False))] = None
    return list(found)
