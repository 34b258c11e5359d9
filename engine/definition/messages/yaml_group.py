"""P100-P121: the text of a file, before anything of the process language is understood."""

from engine.definition.problems import Sentence

_QUOTE = "put the whole text in 'single quotes'"
_QUOTE_ZH = "请把整段文字放进 '单引号' 里"

SENTENCES: dict[str, Sentence] = {
    "P100": Sentence(
        "the file is too large: {size} kB, and at most {limit} kB are read",
        "文件太大：{size} kB，最多读取 {limit} kB",
        "split it into several processes, or move shared steps into a fragment",
        "请拆分为多个流程，或把共用步骤移到片段中",
    ),
    "P101": Sentence(
        "'{key}' is written twice in the same place",
        "“{key}”在同一处写了两次",
        "an earlier '{key}' stands in line {line}, column {column}; remove or rename one",
        "前一个“{key}”在第 {line} 行第 {column} 列；请删除或改名其中一个",
    ),
    "P102": Sentence(
        "a colon in the middle of a text: everything before it would become a name",
        "文字中间有冒号：冒号前的内容会被当作名称",
        f"{_QUOTE}, or leave out the space after the colon",
        f"{_QUOTE_ZH}，或去掉冒号后的空格",
    ),
    "P103": Sentence(
        "a tab character stands here; YAML is indented and separated with spaces",
        "此处有制表符（Tab）；YAML 只能用空格缩进和分隔",
        "replace the tab by spaces",
        "请把制表符换成空格",
    ),
    "P104": Sentence(
        "the indentation of this line fits nothing above it",
        "这一行的缩进与上面任何一行都对不上",
        "begin it in the same column as the lines it belongs to",
        "请与同级的行从同一列开始",
    ),
    "P104.deeper": Sentence(
        "this line is indented deeper than the line above, but that line already has a value",
        "这一行比上一行缩进更深，但上一行已经有值",
        "move it left to the column of its neighbours, or empty the value of the line above",
        "请左移到与同级行对齐，或清空上一行的值",
    ),
    "P104.list": Sentence(
        "a list cannot begin behind a colon",
        "列表不能写在冒号后的同一行",
        "begin the list on a new line, or put a text that begins with '-' in 'single quotes'",
        "请另起一行写列表；若是以“-”开头的文字，请放进 '单引号' 里",
    ),
    "P104.mixed": Sentence(
        "list rows ('- …') and names ('name: …') are mixed at the same level",
        "同一层里混用了列表行（“- …”）和名称行（“name: …”）",
        "indent this line deeper if it belongs to the row above, or move it to its own block",
        "若属于上一行请加深缩进，否则移到它自己的块中",
    ),
    "P104.block": Sentence(
        "the first line of this text block is empty but indented deeper than the text",
        "文字块的第一行是空行，但缩进比正文更深",
        "remove the spaces in the empty line",
        "请删除空行中的空格",
    ),
    "P105": Sentence(
        "expected ',' or '{closing}', but got '{sign}'",
        "此处应为“,”或“{closing}”，却是“{sign}”",
        "inside {{ }} a comma or bracket ends the text; put this text in 'single quotes', or write the entry over"
        " several lines without {{ }}",
        "在 {{ }} 里，逗号或括号会结束文字；请把文字放进 '单引号' 里，或不用 {{ }} 而分多行书写",
    ),
    "P105.lonely": Sentence(
        "'{text}' stands inside {{ }} without a colon and a value",
        "{{ }} 里的“{text}”没有冒号和值",
        "inside {{ }} a comma ends the text; put a text with a comma in 'single quotes'",
        "在 {{ }} 里，逗号会结束文字；含逗号的文字请放进 '单引号' 里",
    ),
    "P105.extra": Sentence(
        "'{sign}' stands here, but nothing was opened before it",
        "此处多了“{sign}”，前面没有对应的开括号",
        "remove it, or put the whole text in 'single quotes'",
        "请删除它，或把整段文字放进 '单引号' 里",
    ),
    "P105.after": Sentence(
        "text goes on after the closing bracket",
        "右括号之后还有文字",
        "a text that begins with a bracket needs 'single quotes' around all of it",
        "以括号开头的文字，必须整段放进 '单引号' 里",
    ),
    "P106": Sentence(
        "a text cannot begin with '{character}'",
        "文字不能以“{character}”开头",
        _QUOTE,
        _QUOTE_ZH,
    ),
    "P106.block": Sentence(
        "a text cannot begin with '{character}'; here it would announce a text on the following lines",
        "文字不能以“{character}”开头；它在这里表示正文从下一行开始",
        "put the text in 'single quotes', or begin it on the next line",
        "请把文字放进 '单引号' 里，或从下一行开始写",
    ),
    "P106.braces": Sentence(
        "a text cannot begin with '{{{{'",
        "文字不能以“{{{{”开头",
        _QUOTE + ": '{{{{ name }}}} …'",
        _QUOTE_ZH + "：'{{{{ name }}}} …'",
    ),
    "P107": Sentence(
        "the quote {quote} that begins here is never closed",
        "从这里开始的引号 {quote} 没有结束",
        "close it at the end of the text; inside 'single quotes' an apostrophe is written twice: 'it''s'",
        "请在文字末尾补上引号；在 '单引号' 里，撇号要写两次：'it''s'",
    ),
    "P107.after": Sentence(
        "text goes on after the closing quote",
        "右引号之后还有文字",
        "put all of the text between the quotes; inside 'single quotes' an apostrophe is written twice: 'it''s'",
        "请把全部文字放在引号之间；在 '单引号' 里，撇号要写两次：'it''s'",
    ),
    "P108": Sentence(
        'a backslash inside "double quotes" begins a code, and this code is unknown',
        "“双引号”里的反斜杠表示转义，而这个转义不存在",
        "use 'single quotes': there a backslash is an ordinary character",
        "请改用 '单引号'：其中的反斜杠只是普通字符",
    ),
    "P109": Sentence(
        "'{text}' has no colon; a line 'name: value' is needed here",
        "“{text}”没有冒号；此处需要“name: value”形式的行",
        "add a colon and a space after the name; a text that goes on from the line above must be indented deeper",
        "请在名称后加冒号和空格；若是上一行文字的延续，请加深缩进",
    ),
    "P109.space": Sentence(
        "'{text}': a space is missing after the colon",
        "“{text}”：冒号后缺少空格",
        "write 'name: value'",
        "请写成“name: value”",
    ),
    "P109.wide": Sentence(
        "'{text}': this is the wide Chinese colon '：', which does not separate a name from its value",
        "“{text}”：这里用了全角冒号“：”，它不能分隔名称和值",
        "type the colon with the English keyboard, followed by a space: 'name: value'",
        "请切换到英文输入法，输入半角冒号和一个空格：“name: value”",
    ),
    "P110.anchor": Sentence(
        "anchors ('&{name}') are not used in this language",
        "本语言不使用锚点（“&{name}”）",
        "write the content again, or share it as a fragment or ladder; a text that begins with & needs 'single quotes'",
        "请重写内容，或用片段、升级阶梯共用；以 & 开头的文字请放进 '单引号' 里",
    ),
    "P110.alias": Sentence(
        "references ('*{name}') are not used in this language",
        "本语言不使用引用（“*{name}”）",
        "write the content again, or share it as a fragment or ladder; a text that begins with * needs 'single quotes'",
        "请重写内容，或用片段、升级阶梯共用；以 * 开头的文字请放进 '单引号' 里",
    ),
    "P110.merge": Sentence(
        "'<<' (merging of blocks) is not used in this language",
        "本语言不使用“<<”（合并块）",
        "write the entries out, or share them as a fragment or ladder",
        "请把条目逐一写出，或用片段、升级阶梯共用",
    ),
    "P111": Sentence(
        "type marks that begin with '!' are not used in this language",
        "本语言不使用以“!”开头的类型标记",
        "remove the mark; a text that begins with ! needs 'single quotes'",
        "请删除该标记；以 ! 开头的文字请放进 '单引号' 里",
    ),
    "P112": Sentence(
        "lines that begin with '%' (such as %YAML) are not used; every file is YAML 1.2",
        "不使用以“%”开头的行（如 %YAML）；所有文件都按 YAML 1.2 读取",
        "remove the line",
        "请删除这一行",
    ),
    "P113.lines": Sentence(
        "the file has more than {limit} lines",
        "文件超过 {limit} 行",
        "split it into several processes, or move shared steps into a fragment",
        "请拆分为多个流程，或把共用步骤移到片段中",
    ),
    "P113.columns": Sentence(
        "this line is longer than {limit} characters",
        "这一行超过 {limit} 个字符",
        "break it into several lines",
        "请拆成多行",
    ),
    "P113.nodes": Sentence(
        "the file has more than {limit} entries",
        "文件超过 {limit} 个条目",
        "split it into several processes, or move shared steps into a fragment",
        "请拆分为多个流程，或把共用步骤移到片段中",
    ),
    "P113.depth": Sentence(
        "blocks and lists are nested deeper than {limit} levels",
        "块和列表的嵌套超过 {limit} 层",
        "use a fragment for the inner steps",
        "请把内层步骤改为片段",
    ),
    "P114.utf16": Sentence(
        "the file is stored as UTF-16; only UTF-8 is read",
        "文件的编码是 UTF-16；只读取 UTF-8",
        "save it again with the encoding UTF-8",
        "请以 UTF-8 编码重新保存",
    ),
    "P114.bytes": Sentence(
        "the file is not UTF-8: the byte {byte} cannot stand here",
        "文件不是 UTF-8 编码：此处不能有字节 {byte}",
        "save it again with the encoding UTF-8 (it may be stored as GBK or ANSI)",
        "请以 UTF-8 编码重新保存（原编码可能是 GBK 或 ANSI）",
    ),
    "P115": Sentence(
        "an invisible character stands here ({character})",
        "此处有不可见字符（{character}）",
        "delete it and type the text around it again",
        "请删除它，并重新输入前后的文字",
    ),
    "P116": Sentence(
        "a second document begins here; one file holds one process",
        "此处开始了第二个文档；一个文件只写一个流程",
        "move it to a file of its own, or remove the line",
        "请移到单独的文件，或删除这一行",
    ),
    "P117": Sentence(
        "a name before a colon must be a single word",
        "冒号前的名称必须是一个词",
        "write 'name: value'; a text that begins with a bracket needs 'single quotes'",
        "请写成“name: value”；以括号开头的文字请放进 '单引号' 里",
    ),
    "P118": Sentence(
        "the '{bracket}' that begins here is never closed",
        "从这里开始的“{bracket}”没有结束",
        "add '{closing}' at its end, or a comma between two entries",
        "请在末尾补上“{closing}”，或在两个条目之间加逗号",
    ),
    "P119": Sentence(
        "a '?' without quotes inside {{ }} breaks other YAML programs",
        "{{ }} 里不加引号的“?”会让其他 YAML 程序出错",
        _QUOTE,
        _QUOTE_ZH,
        level="warning",
    ),
    "P120": Sentence(
        "the file is empty",
        "文件是空的",
        "a process begins with 'process: <id>'",
        "流程文件以“process: <id>”开头",
    ),
    "P121": Sentence(
        "this line cannot be read as YAML",
        "这一行无法按 YAML 读取",
        "compare its colons, quotes and brackets with the lines around it",
        "请对照前后各行检查冒号、引号和括号",
    ),
}
