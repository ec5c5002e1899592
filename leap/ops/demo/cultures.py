"""Names of the borough, by the tradition they come from. Everyone made of them is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """How a tradition names people, and what its families speak and call themselves."""

    share: float  # of Lambeth's young families, in hundredths
    ethnicity: str  # NHS 16+1 code
    language: str
    english: float  # share of adults whose main language is English
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    passing_on: str = "father"  # how surnames reach children: see leap.ops.demo.names


def _culture(
    share: float,
    ethnicity: str,
    language: str,
    english: float,
    women: str,
    men: str,
    surnames: str,
    passing_on: str = "father",
) -> Culture:
    split = (
        tuple(name.replace("_", " ") for name in text.split()) for text in (women, men, surnames)
    )
    women_, men_, surnames_ = split
    return Culture(share, ethnicity, language, english, women_, men_, surnames_, passing_on)


CULTURES: dict[str, Culture] = {
    "british": _culture(
        14,
        "A",
        "English",
        1.0,
        "Emily Charlotte Lucy Hannah Sophie Gemma Rebecca Kate Alice Stacey Harriet Jessica Amy Zoë"
        " Rosie Beth Georgina Kelly Laura Eleanor Poppy Daisy Isla Florence Ivy Matilda",
        "James Tom Jack Daniel Oliver Ben Luke Harry Matthew Ryan George Sam Joe Callum Adam Alfie"
        " Freddie Stanley Arthur Edward Lee Darren Theo Rory",
        "Harris Taylor Cooper Bennett Hughes Parker Marsh Webb Fletcher Barnes Shaw Mills Palmer"
        " Holloway Dixon Pritchard Barker Lowe Sutton Finch Hobbs Whitlock Ashby Penrose",
    ),
    "irish": _culture(
        2,
        "B",
        "English",
        1.0,
        "Siobhán Aoife Niamh Ciara Orla Gráinne Róisín Maeve Sinéad Caoimhe",
        "Conor Declan Eoin Cillian Padraig Seán Fintan Oisín Brendan Donal",
        "O'Connor Gallagher Doyle Brennan O'Sullivan Keane Nolan McCarthy Foley Quinn",
    ),
    "caribbean": _culture(
        14,
        "M",
        "English",
        1.0,
        "Shanice Chantelle Natasha Kezia Leanne Monique Simone Tanisha Jade Danielle Latoya Renée"
        " Shauna Kerry-Ann Michelle Tiana Aaliyah Amara Nevaeh Imani",
        "Marcus Jermaine Leon Tyrone Nathan Kieron Andre Dwayne Reece Jerome Delroy Curtis Aaron"
        " Malachi Isaiah Kai Elijah Tyrese Romaine Jayden",
        "Campbell Brown Grant Morgan Francis Bailey Powell Gordon Lewis Thompson Reid Henry Clarke"
        " Ferguson Samuels Blackwood McKenzie Wright Edwards Joseph Charles Baptiste Walcott",
    ),
    "yoruba": _culture(
        9,
        "N",
        "Yoruba",
        0.7,
        "Folake Bukola Titilayo Yetunde Funmi Omolara Adeola Temitope Ronke Abimbola Simisola"
        " Teniola Ife Morenike Damilola Toyin Kehinde Taiwo",
        "Tunde Segun Femi Kunle Adebayo Olumide Wale Dele Babatunde Gbenga Tobi Ayo Kola Damola"
        " Temidayo Rotimi Ireti Tomiwa",
        "Adeyemi Ogunleye Balogun Adebayo Afolabi Oyelaran Akintola Olatunji Fashola Bankole Ajayi"
        " Oladipo Sowande Adewale Olusanya Ogundipe",
    ),
    "igbo": _culture(
        4,
        "N",
        "Igbo",
        0.75,
        "Ngozi Chioma Adaeze Ifeoma Nkechi Amarachi Uchenna Obioma Chinwe Kosisochukwu Somtochukwu",
        "Chidi Emeka Obinna Ikenna Nnamdi Chukwudi Kelechi Uzoma Ugochukwu Kamsi Zikora",
        "Okafor Nwosu Eze Okonkwo Chukwu Onyekachi Nwachukwu Obi Anyanwu Ibekwe Umeh",
    ),
    "ghanaian": _culture(
        6,
        "N",
        "Akan (Twi)",
        0.7,
        "Abena Akosua Efua Ama Adwoa Afia Serwaa Maame Comfort Gifty Esi Nana_Yaa Dzifa Akua",
        "Kwame Kofi Yaw Kwabena Kojo Fiifi Kwasi Nana Ebo Kweku Selorm Emmanuel",
        "Mensah Boateng Owusu Asante Agyeman Osei Appiah Amoah Darko Quaye Addo Tetteh Antwi",
    ),
    "sierra_leonean": _culture(
        3,
        "N",
        "Krio",
        0.6,
        "Isatu Mariama Fatmata Kadiatu Hawa Aminata Zainab Adama Finda Memuna",
        "Mohamed Ibrahim Sorie Abu Alhaji Foday Santigie Alpha Lansana Brima",
        "Kamara Sesay Koroma Bangura Conteh Kargbo Turay Jalloh Mansaray Fofanah",
    ),
    "francophone": _culture(
        4,
        "N",
        "French",
        0.25,
        "Aya Mireille Fatoumata Clarisse Awa Bénédicte Marie-Claire Grâce Divine Aïssata Prisca",
        "Serge Moussa Jean-Pierre Didier Yannick Ousmane Kouassi Christian Hervé Bakary",
        "Kouassi Traoré Diallo N'Guessan Mbemba Koné Ilunga Kabongo Ouattara Tshibanda Coulibaly",
    ),
    "somali": _culture(
        6,
        "N",
        "Somali",
        0.2,
        "Hodan Ayaan Fadumo Sahra Ifrah Hamdi Nimco Asha Ubah Sagal Hibaq Deqa Najma",
        "Abdirahman Mohamud Yusuf Abdi Mahad Liban Zakariye Guled Ayanle Bile Hanad Warsame",
        "Warsame Farah Jama Hersi Abdullahi Duale Elmi Gedi Osman Roble Nur",
        "patronym",
    ),
    "eritrean": _culture(
        4,
        "N",
        "Tigrinya",
        0.15,
        "Selam Rahwa Winta Feven Senait Bisrat Luwam Meron Yordanos Hiwet Saba Semhar",
        "Dawit Yonas Filmon Tesfay Merhawi Samuel Robel Kidane Henok Biniam Natnael Aman",
        "Tekle Haile Ghebremedhin Woldu Berhane Habte Kifle Negash Asfaha Tesfamariam",
        "patronym",
    ),
    "portuguese": _culture(
        7,
        "C",
        "Portuguese",
        0.15,
        "Ana Carla Sónia Mónica Patrícia Cátia Inês Rita Marta Vânia Telma Beatriz Leonor Matilde",
        "Nuno Paulo Rui Tiago João Bruno Pedro Hélder Miguel Vítor Duarte Gonçalo Tomás",
        "Ferreira Santos Gouveia Freitas Andrade Nóbrega Rodrigues Vieira Teixeira Abreu Mendonça",
        "portuguese",
    ),
    "brazilian": _culture(
        3,
        "G",
        "Portuguese",
        0.1,
        "Juliana Camila Fernanda Larissa Thaís Priscila Aline Débora Bruna Lívia Helena Sofia",
        "Rafael Lucas Thiago Marcelo Diego Leandro Gustavo Wesley Fábio Caio Davi Heitor",
        "Silva Oliveira Souza Lima Pereira Ribeiro Barbosa Nascimento Araújo Cardoso",
        "portuguese",
    ),
    "latin_american": _culture(
        7,
        "S",
        "Spanish",
        0.08,
        "Luz_Marina Daniela Yesenia Paola Carolina Ximena Lorena Gabriela Valentina Natalia Maribel"
        " Isabella Salomé Emilia",
        "Andrés Carlos Wilson Jhon Mauricio Óscar Fabián Cristian Javier Edwin Matías Emiliano",
        "González Quispe Ramírez Mamani Vargas Cárdenas Torres Guaman Ospina Muñoz Rojas Zambrano",
        "spanish",
    ),
    "spanish_italian": _culture(
        3,
        "C",
        "Spanish",
        0.3,
        "Lucía Elena Chiara Giulia Marta Irene Francesca Nuria Alessia Carmen",
        "Marco Álvaro Luca Sergio Matteo Pablo Davide Iván Leo Hugo",
        "Moreno Romano Navarro Bianchi Serrano Conti Ferrer Gallo Prieto Marini",
    ),
    "polish": _culture(
        3,
        "C",
        "Polish",
        0.2,
        "Agnieszka Katarzyna Magdalena Ewa Monika Joanna Zuzanna Maja Hanna Oliwia",
        "Piotr Tomasz Marcin Paweł Krzysztof Łukasz Jakub Filip Szymon Antoni",
        "Kowalski Wiśniewski Nowak Zieliński Wójcik Lewandowski Mazur Kamiński Jabłoński",
        "polish",
    ),
    "ukrainian": _culture(
        0.8,
        "C",
        "Ukrainian",
        0.1,
        "Oksana Iryna Olena Nataliia Kateryna Solomiia",
        "Andriy Oleh Taras Dmytro Mykola Danylo",
        "Shevchenko Kovalenko Bondarenko Tkachuk Melnyk Lysenko",
    ),
    "turkish": _culture(
        1,
        "C",
        "Turkish",
        0.3,
        "Ayşe Elif Zeynep Gülcan Özlem Defne",
        "Mehmet Emre Murat Kemal Hüseyin Kerem",
        "Yılmaz Kaya Demir Şahin Öztürk Aydın",
    ),
    "arab": _culture(
        3,
        "S",
        "Arabic",
        0.2,
        "Fatima Khadija Salma Nadia Samira Imane Hanan Rania Yasmin Layla",
        "Youssef Karim Hassan Omar Bilal Rachid Tarek Anas Ilyas Zayd",
        "El_Amrani Benali Haddad Mansour Bouzid Khalil Chaoui Saleh Idrissi Hamdan",
    ),
    "bengali": _culture(
        3,
        "K",
        "Bengali",
        0.3,
        "Nasima Shahida Rumana Farzana Tahmina Sultana Jannat Maryam Ruksana Aisha",
        "Abdul Rafiq Shafiqul Mizan Kamrul Tanvir Zubair Rayhan Ismail Sabbir",
        "Rahman Begum Uddin Miah Chowdhury Hussain Khatun Islam Ali Alam",
        "bengali",
    ),
    "pakistani": _culture(
        1.2,
        "J",
        "Urdu",
        0.5,
        "Saima Amna Hira Rabia Sana Noor Mahnoor Zara",
        "Imran Usman Bilal Asim Faisal Hamza Ibrahim Rayyan",
        "Malik Sheikh Qureshi Iqbal Mirza Butt Akhtar Raza",
    ),
    "indian": _culture(
        1.6,
        "H",
        "Gujarati",
        0.7,
        "Priya Anjali Deepa Kavita Meera Asha Diya Riya",
        "Rahul Vikram Nikhil Sanjay Arjun Rohan Aarav Dev",
        "Patel Shah Desai Mehta Nair Menon Joshi Rao",
    ),
    "tamil": _culture(
        1,
        "L",
        "Tamil",
        0.35,
        "Thivya Lakshmi Kavitha Nirosha Sangeetha Abirami",
        "Sivakumar Ravindran Kugan Prakash Mathan Senthil",
        "Sivanesan Rajaratnam Kandiah Thambirajah Nadarajah",
        "single",
    ),
    "afghan": _culture(
        0.8,
        "L",
        "Dari",
        0.05,
        "Zahra Freshta Marwa Shabnam Hosna Parwana",
        "Najib Farid Jawed Hamid Ehsan Mustafa",
        "Ahmadi Karimi Noori Hashimi Rahimi",
        "single",
    ),
    "chinese": _culture(
        1.3,
        "R",
        "Cantonese",
        0.35,
        "Mei Xiu_Ying Wai_Yan Li_Na Hui_Min Jing",
        "Wei Chi_Ming Jun Ka_Ho Zhi_Hao Lok",
        "Chan Wong Li Chen Lam Zhang Cheung",
    ),
    "vietnamese": _culture(
        0.8,
        "L",
        "Vietnamese",
        0.2,
        "Thu_Hà Lan Mai Phương Ngọc Linh",
        "Minh Tuấn Quân Hùng Đức Nam",
        "Nguyễn Trần Phạm Lê Hoàng",
    ),
}

# Children of long-settled families as often carry these.
BOROUGH_GIRLS = [
    "Amelia",
    "Maya",
    "Zara",
    "Aria",
    "Sienna",
    "Ava",
    "Esme",
    "Luna",
    "Naomi",
    "Skye",
    "Leila",
    "Mia",
    "Amara",
    "Nyla",
    "Ruby",
    "Sofia",
    "Eden",
    "Ella",
    "Zuri",
    "Hazel",
    "Ada",
    "Mila",
    "Talia",
    "Aurora",
]
BOROUGH_BOYS = [
    "Noah",
    "Kai",
    "Ezra",
    "Reuben",
    "Zion",
    "Leo",
    "Micah",
    "Theo",
    "Rio",
    "Caleb",
    "Jude",
    "Malik",
    "Elias",
    "Otis",
    "Levi",
    "Rafael",
    "Idris",
    "Max",
    "Nathaniel",
    "Jaden",
    "Oscar",
    "Gabriel",
    "Musa",
    "Zac",
]
LONG_SETTLED = {"british", "irish", "caribbean", "yoruba", "igbo", "ghanaian", "sierra_leonean"}
