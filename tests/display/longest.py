"""The longest names, titles and texts that the screens must carry, for the galleries of `tests.display.casts`.

Hand-made, for tests and for `make pictures`; nobody in it exists.
"""

from __future__ import annotations

from display.slides import Head
from tests.display.casts import Cast, both

_NAME = "阿卜杜热合曼·买买提依明"
"""Twelve characters."""
_TITLE = (
    "关于决定任命阿卜杜热合曼·买买提依明为澜川高新技术产业开发区白鹭县片区管理委员会副主任、"
    "党组成员兼生态环境局局长的议案"
)
_TITLE_EN = (
    "Motion to appoint Abdurahman Memetimin as Deputy Director of the Administrative Committee of the Bailu Area "
    "of the Lanchuan High-Technology Industrial Development Zone and Director of its Ecology Bureau"
)
_POST = both(
    "澜川高新技术产业开发区白鹭县片区管理委员会副主任、党组成员兼生态环境局局长",
    "Deputy Director of the Administrative Committee of the Bailu Area of the Lanchuan High-Technology Zone and "
    "Director of its Ecology and Environment Bureau",
)
_ITEMS = {
    2: both(
        "通过澜川山苗族侗族水族自治县第十八届人民代表大会常务委员会第二十六次会议（扩大）议程（草案）",
        "Adoption of the draft agenda of the 26th Meeting (enlarged) of the Standing Committee of the 18th People's "
        "Congress of the Lanchuanshan Miao, Dong and Shui Autonomous County",
    ),
    4: both(
        "听取和审议县人民政府关于农村饮水安全巩固提升工程实施情况的报告并开展专题询问、满意度测评",
        "County Government report on the programme to consolidate and improve rural drinking-water safety, with "
        "special inquiry and satisfaction evaluation",
    ),
    5: both(
        "评议澜川高新技术产业开发区白鹭县片区管理委员会、县生态环境局联合推进农村饮水安全工作情况",
        "Work evaluation of the Administrative Committee of the Bailu Area of the High-Technology Zone and of the "
        "County Ecology and Environment Bureau on rural drinking-water safety",
    ),
    6: both(
        "听取和评议澜川高新技术产业开发区白鹭县片区管理委员会副主任兼生态环境局局长述职报告",
        "Performance evaluation of the Deputy Director of the Administrative Committee of the Bailu Area of the "
        "Lanchuan High-Technology Zone, Director of its Ecology Bureau",
    ),
    11: both(
        "补选澜川山苗族侗族水族自治州第十五届人民代表大会代表1名（高新技术产业开发区选区）",
        "By-election of one deputy of the High-Technology Zone constituency to the 15th People's Congress of the "
        "Lanchuanshan Miao, Dong and Shui Autonomous Prefecture",
    ),
    12: both(
        "票决下一年度工作评议对象（从候选部门和单位中确定三个，列入下一年度监督工作计划）",
        "Secret selection of next year's evaluation targets: three of the candidate departments and units, to be "
        "listed in next year's supervision plan",
    ),
}
"""What the agenda calls its other items, at its longest."""
LONGEST = Cast(
    head=Head(
        both(
            "澜川山苗族侗族水族自治县第十八届人民代表大会常务委员会",
            "Standing Committee of the 18th People's Congress of the Lanchuanshan Miao, Dong and Shui Autonomous "
            "County (fictional)",
        ),
        both("第二十六次会议（扩大）", "26th Meeting (enlarged)"),
        "2026-09-30",
    ),
    venue=both("县民族文化活动中心人大常委会会议厅", "Standing Committee Chamber, Centre of Culture"),
    name=_NAME,
    other="古丽巴哈尔·阿不力克木",
    post=_POST,
    title=both(_TITLE, _TITLE_EN),
    items=tuple(_ITEMS.get(number, both(_TITLE, _TITLE_EN)) for number in range(1, 21)),
    value="牵头完成农村公路安全生命防护工程三年行动任务，主持编制全县综合交通运输体系规划",
    pledge=tuple(
        (
            heading,
            "每半年向县人大常委会书面报告一次工作情况，代表建议按期办结率达到百分之百，主动接受监察监督和审计监督。",
        )
        for heading in (
            "目标任务与工作思路",
            "依法行政与重大决策",
            "勤政廉政与作风建设",
            "接受人大及群众监督",
        )
    ),
    question="高坪片区和上坝片区冬季枯水期仍有三百余户群众要到两公里以外挑水吃，备用水源工程究竟何时建成通水，"
    "管护经费县级配套为什么只到位六成，能否给出具体的月份和责任人？",
    sentence=both(
        f"{_NAME}，赞成26票，反对2票，弃权1票，超过全体组成人员的半数，决定任命{_NAME}为{_POST['zh']}。",
        f"{_NAME}: 26 for, 2 against, 1 abstained, more than half of all members. {_NAME} is appointed {_POST['en']}.",
    ),
    deferral=both(
        f"经主任会议提出、全体会议同意，{_TITLE}暂缓表决。",
        f"On the motion of the Chairs' meeting and with the consent of the plenary, the vote on this matter is "
        f"deferred: {_TITLE_EN}.",
    ),
    candidates=(
        _NAME,
        "古丽巴哈尔·阿不力克木",
        "欧阳青禾",
        "买买提·艾力",
        "司马银杏",
        "柳合欢",
        "努尔买买提·吐尔逊江",
        "孟竹",
    ),
    written="阿依古丽·买买提依明",
    options=tuple(
        both(
            "白鹭县高新技术产业开发区管理委员会生态环境分局",
            "Ecology and Environment Branch of the Administrative Committee of the High-Technology Zone",
        )
        for _ in range(7)
    ),
    criteria=tuple(
        both(
            "执行县人民代表大会及其常务委员会决议决定、办理审议意见和落实代表建议批评意见情况",
            "Carrying out resolutions of the congress and its standing committee, opinions and suggestions",
        )
        for _ in range(7)
    ),
    classes=tuple(
        both(
            "县人大常委会各工作委员会和办公室负责人",
            "Heads of the working committees and of the office of the standing committee",
        )
        for _ in range(5)
    ),
    members=tuple(
        f"{name}·{number}"
        for number in range(9)
        for name in ("阿卜杜热合", "古丽巴哈尔", "努尔买买提", "买买提")
    ),
    summary="本组认为三名拟任人员政治素质好、业务能力强，同意提交表决。同时建议：新任局长要把农村公路养护资金缺口列为上任后的"
    "第一件事，年内拿出分年度解决方案并向常委会报告；医共体建设要把基层首诊率作为硬指标，不能只看住院率。"
    * 4,
)
