"""What an author reads about tables, rows that are added to them, are changed, and groups and columns of a form (P450-P459)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P450.columns": Sentence(
        "the table '{table}' has no columns",
        "表格“{table}”没有列",
        "add  columns: {{part: {{type: text, label: Part | 零件}}}}",
        "请添加  columns: {{part: {{type: text, label: Part | 零件}}}}",
    ),
    "P450.row": Sentence(
        "a column of '{table}' is called 'row', which stands for the row itself",
        "表格“{table}”有一列名为“row”，而 row 表示整行",
        "rename the column",
        "请为该列改名",
    ),
    "P450.both": Sentence(
        "the column '{column}' is optional, so that it is never required",
        "列“{column}”是可选的，因此不会成为必填",
        "remove 'optional' or 'required_if'",
        "请删除 optional 或 required_if",
    ),
    "P450.unanswered": Sentence(
        "whether a cell is required cannot hang on unanswered(), which asks just that",
        "单元格是否必填不能取决于 unanswered()，后者正是由此得出的",
        "ask for the columns themselves, for instance  required_if: waived is not set",
        "请直接询问列的内容，例如  required_if: waived is not set",
    ),
    "P450.key": Sentence(
        "'{key}' does not suit the table '{table}'",
        "“{key}”不适用于表格“{table}”",
        "write defaults with the columns; hand a table over with  with: {{{table}: = {table}}}",
        "默认值请写在列上；移交整个表格请写  with: {{{table}: = {table}}}",
    ),
    "P451.bound": Sentence(
        "'{key}' of a table is a whole number of rows from 0 to {most}",
        "表格的“{key}”是 0 到 {most} 之间的整数行数",
        "write for example  min: 1  and  max: 50",
        "例如  min: 1  和  max: 50",
    ),
    "P451.fixed": Sentence(
        "'{key}' does not suit the table '{table}', whose rows are fixed",
        "“{key}”不适用于行已固定的表格“{table}”",
        "remove it, or remove 'rows'",
        "请删除它，或删除 rows",
    ),
    "P452.unknown": Sentence(
        "'{table}' is not a table of this process", "“{table}”不是本流程的表格", "{meant}", "{meant}"
    ),
    "P452.fixed": Sentence(
        "no row can be added to '{table}', whose rows are fixed",
        "表格“{table}”的行已固定，无法添加",
        "add to a table without 'rows'",
        "请使用没有 rows 的表格",
    ),
    "P453.column": Sentence(
        "the table '{table}' has no column '{column}'", "表格“{table}”没有列“{column}”", "{meant}", "{meant}"
    ),
    "P454.unknown": Sentence(
        "the group names '{field}', which this form neither asks nor offers",
        "分组中的“{field}”既不是此表单的必填项，也不是可选项",
        "name it under 'ask' or 'optional' as well; {meant}",
        "请同时写在 ask 或 optional 中；{meant}",
    ),
    "P456.unknown": Sentence(
        "'{table}' is not a table of this process", "“{table}”不是本流程的表格", "{meant}", "{meant}"
    ),
    "P456.row": Sentence(
        "the table '{table}' has no fixed row '{row}'", "表格“{table}”没有固定行“{row}”", "{meant}", "{meant}"
    ),
    "P457.column": Sentence(
        "the table '{table}' has no column '{column}'", "表格“{table}”没有列“{column}”", "{meant}", "{meant}"
    ),
    "P458.table": Sentence(
        "'{table}' is no table that this form shows, asks or offers",
        "“{table}”不是此表单显示、要求或可填的表格",
        "name it under 'show', 'ask' or 'optional' as well; {meant}",
        "请同时写在 show、ask 或 optional 中；{meant}",
    ),
    "P458.mail": Sentence(
        "'{table}' is no table that this mail tells",
        "“{table}”不是此邮件列出的表格",
        "write {{{{ {table} }}}} in its text, or remove the line; {meant}",
        "请在正文中写 {{{{ {table} }}}}，或删除此行；{meant}",
    ),
    "P458.none": Sentence(
        "no column of '{table}' is named, so that nothing of it could be entered or read",
        "没有写出“{table}”的任何列，因此其内容既不能填写也不能查看",
        "name its columns here, or remove the line: then all are meant",
        "请写出要用的列；删除此行则表示全部列",
    ),
    "P459.column": Sentence(
        "the table '{table}' has no column '{column}'", "表格“{table}”没有列“{column}”", "{meant}", "{meant}"
    ),
    "P455.twice": Sentence("'{field}' stands in two groups", "“{field}”出现在两个分组中", "name it once", "请只写一次"),
}
