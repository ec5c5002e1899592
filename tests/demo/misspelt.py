"""How names of the borough are typed by somebody who has only heard them, or is in a hurry.

Each line: the name as it is on record, then ways in which it is typed.
"""

GIVEN = """
Emily Emilie Emly
Charlotte Sharlotte Lottie
Hannah Hanna
Sophie Sofie Sophy
Rebecca Rebeca Becky
Kate Cate Katie
Zoë Zoe Zoey
Georgina Gorgina Georgie
Matilda Mathilda Tilly
James Jaimes Jimmy
Daniel Danial Danny
Oliver Olivier Ollie
Matthew Mathew Matt
Callum Calum
Stanley Stanly
Siobhán Shivaun Siobahn
Aoife Eefa Aoifa
Niamh Neve Naimh
Gráinne Grania Grainne
Róisín Rosheen Roisin
Sinéad Shinade Sinaed
Caoimhe Keeva Caiomhe
Eoin Owen Eion
Cillian Killian
Seán Shaun Sean
Oisín Osheen
Shanice Shaneice Shanise
Chantelle Shantelle Chantel
Natasha Tasha Natacha
Kezia Keziah Kesia
Leanne Lianne Leeanne
Monique Moneek Monik
Tanisha Taneisha Tenisha
Renée Renay Renee
Aaliyah Aliyah Alia
Nevaeh Neveah
Jermaine Germaine Jermain
Kieron Kieran Keiron
Dwayne Duane Dwain
Reece Rhys Reese
Malachi Malakai Malachy
Isaiah Isiah
Tyrese Tyreece
Jayden Jaden Jaydon
Folake Folakay Folakke
Bukola Bukky Bukolla
Titilayo Titi Titlayo
Yetunde Yetunday Yetundi
Funmi Funmilayo Fumni
Temitope Temi Temitop
Ronke Ronkay
Abimbola Bimbo Abimbolla
Morenike Morinike Moreniki
Damilola Damilolla Dami
Kehinde Kehindi Kenny
Taiwo Tiawo Taiye
Tunde Babatunde Tundey
Segun Shegun Olusegun
Femi Oluwafemi Femmi
Olumide Olumidey Mide
Babatunde Tunde Babatundi
Gbenga Benga Gbengah
Rotimi Rotimmi
Ngozi Ngosi Ngozie
Chioma Chyoma Chiomma
Adaeze Adaeza Adeze
Ifeoma Ifoema Ifeyoma
Nkechi Nketchi Kechi
Uchenna Uchena Uche
Chidi Chidy Chiddi
Emeka Emekka Emkea
Obinna Obina Obinnah
Nnamdi Namdi Nnamdy
Chukwudi Chukudi Chukwuddi
Kelechi Keletchi Kelechy
Abena Abenna Abeena
Akosua Akosia Akousa
Efua Efwa Afua
Adwoa Adjoa Adowa
Maame Mame Maami
Kwame Kwami Kwarme
Kofi Kofie Koffi
Kwabena Kwabina Kwabenna
Kojo Kodjo Cojo
Fiifi Fifi Feefee
Kwasi Akwasi Quasi
Kweku Kwaku Quaku
Isatu Issatou Isattu
Mariama Maryama Mariamma
Fatmata Fatmatta Fatoumata
Kadiatu Kadiatou Khadiatu
Aminata Aminatta
Zainab Zaynab Zeinab
Memuna Memunah Maimuna
Mohamed Muhammad Mohammed
Ibrahim Ebrahim Ibraheem
Alhaji Alhadji Alhajie
Foday Fodie Fodday
Lansana Lansanna Lasana
Mireille Mirielle Miriele
Fatoumata Fatumata Fatou
Clarisse Clarice Clarise
Bénédicte Benedict Benedicte
Aïssata Aissata Isatu
Didier Dedier Diddier
Yannick Yanick Yannic
Ousmane Usman Osmane
Kouassi Kwasi Kouasi
Bakary Bakari Bacary
Hodan Hoddan Hodaan
Ayaan Ayan Ayyan
Fadumo Faduma Fadhumo
Sahra Sara Zahra
Hamdi Hamdy
Nimco Nimo Nimko
Sagal Sagaal Segal
Abdirahman Abdurahman Abdi
Mohamud Mahamud Mohamed
Yusuf Yousef Yussuf
Zakariye Zakaria Zakarie
Guled Guleed Goled
Selam Salam Sellam
Feven Fevin Feben
Yordanos Jordanos Yordannos
Dawit David Dawitt
Yonas Jonas Yonnas
Filmon Philmon Fillmon
Merhawi Mehrawi Merhawy
Biniam Biniyam Benyam
Natnael Nathaniel Natnail
Sónia Sonia Sonya
Mónica Monica Monika
Cátia Catia Katia
Inês Ines Inez
Vânia Vania Vanya
Beatriz Beatrice Beatris
Tiago Thiago Tyago
João Joao Joaõ
Hélder Helder Elder
Vítor Victor Vitor
Gonçalo Goncalo Gonzalo
Tomás Thomas Tomas
Thaís Tais Thais
Débora Deborah Debora
Lívia Livia Lyvia
Heitor Hector Eitor
Thiago Tiago Tiaggo
Fábio Fabio Fabeo
Luz Lus
Yesenia Jessenia Yessenia
Ximena Jimena Shimena
Salomé Salome Salomay
Andrés Andres Andreas
Jhon John Jon
Óscar Oscar Oskar
Matías Matias Mathias
Lucía Lucia Lusia
Chiara Kiara Ciara
Giulia Julia Guilia
Álvaro Alvaro Albaro
Matteo Mateo Mattheo
Iván Ivan Evan
Agnieszka Agnes Agneshka
Katarzyna Kasia Katarzina
Zuzanna Susanna Zuzana
Oliwia Olivia
Krzysztof Krzystof Kristof
Łukasz Lukasz Lucas
Jakub Kuba Jacob
Szymon Simon Shymon
Oksana Oxana
Kateryna Katerina Katya
Ayşe Ayse Aisha
Zeynep Zainab Zeynap
Gülcan Gulcan Guljan
Hüseyin Hussein Huseyin
Khadija Kadija Khadijah
Imane Imani Iman
Youssef Yusuf Yousef
Rachid Rashid Racheed
Tarek Tariq Tareq
Nasima Naseema Nassima
Rumana Romana Roumana
Farzana Farjana Farzanna
Ruksana Rukhsana Roksana
Shafiqul Shofiqul Shafiqool
Tanvir Tanveer Tanvier
"""
SURNAMES = """
Harris Haris
Fletcher Flecher
Holloway Halloway
Pritchard Prichard
Whitlock Witlock
O'Connor Oconnor
Gallagher Galagher
O'Sullivan Sullivan
McCarthy MacCarthy
Campbell Cambell
Thompson Thomson
McKenzie Mackenzie
Baptiste Batiste
Walcott Wallcot
Adeyemi Adyemi
Ogunleye Ogunlaye
Balogun Ballogun
Afolabi Afolaby
Oyelaran Oyelarin
Akintola Akintolla
Olatunji Olatunge
Fashola Fashollah
Bankole Bancole
Sowande Showande
Okafor Okafur
Nwosu Nowsu
Okonkwo Okonkow
Onyekachi Onyeckachi
Nwachukwu Nwachuku
Mensah Menser
Boateng Botang
Agyeman Adjeman
Appiah Apia
Quaye Quay
Tetteh Teteh
Kamara Camara
Sesay Cessay
Koroma Coroma
Bangura Bangoora
Mansaray Mansarray
Traoré Trawore
N'Guessan Nguessan
Coulibaly Koulibaly
Tshibanda Chibanda
Warsame Warsama
Abdullahi Abdulahi
Ghebremedhin Gebremedhin
Tesfamariam Tesfamaryam
Gouveia Gouvea
Nóbrega Nobrega
Rodrigues Rodriguez
Teixeira Texeira
Mendonça Mendonsa
Nascimento Nacimento
Araújo Arauho
González Gonzales
Ramírez Ramires
Cárdenas Cardenas
Zambrano Sambrano
Kowalski Kovalski
Wiśniewski Wisnewski
Zieliński Zielinsky
Lewandowski Levandowski
Jabłoński Jablonsky
Shevchenko Shevshenko
Yılmaz Yilmas
Öztürk Ozturk
Chowdhury Choudhry
Hussain Hossain
Rahman Rehman
"""


def ways(lines: str) -> dict[str, list[str]]:
    """The name on record → the ways in which it is typed."""
    split = (line.split() for line in lines.strip().splitlines())
    by_name: dict[str, list[str]] = {}
    for name, *typed in split:
        by_name.setdefault(name, []).extend(typed)
    return by_name
