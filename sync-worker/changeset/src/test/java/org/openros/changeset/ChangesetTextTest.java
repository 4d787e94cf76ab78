// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ChangesetTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
        {"op":"AddTable","table":"Order","kind":"topLevel","pkField":"_id","pkType":"uuid","pkNullable":false} | AddTable Order key _id:uuid
        {"op":"AddTable","table":"Line","kind":"embedded"} | AddTable Line embedded
        {"op":"AddTable","table":"Note","kind":"topLevel","pkField":"","pkType":"globalKey","pkNullable":false} | AddTable Note keyless
        {"op":"AddColumn","table":"Order","field":"lines","type":"link","nullable":false,"collection":"list","linkTarget":"Line"} | AddColumn Order.lines : list<link Line>
        {"op":"AddColumn","table":"Order","field":"attrs","type":"mixed","nullable":true,"collection":"dictionary","keyType":"string"} | AddColumn Order.attrs : dictionary<mixed?>
        {"op":"CreateObject","table":"Order","pk":{"uuid":"8d7f5a1e-0000-4000-8000-000000000001"}} | CreateObject Order[uuid 8d7f5a1e-0000-4000-8000-000000000001]
        {"op":"Update","table":"Doc","pk":{"int":"1"},"field":"any","path":["body",0],"value":{"string":"p1"},"priorSize":2} | Update Doc[1].any["body"][0] = "p1" (size 2)
        {"op":"Update","table":"Doc","pk":{"int":"1"},"field":"any","path":[],"value":{"special":"list"},"default":false} | Update Doc[1].any = <list>
        {"op":"Update","table":"Cfg","pk":{"string":"me"},"field":"theme","path":[],"value":{"string":"dark"},"default":true} | Update Cfg["me"].theme = "dark" (default)
        {"op":"AddInteger","table":"Item","pk":null,"field":"priority","path":[],"amount":"3"} | AddInteger Item[null].priority += 3
        {"op":"ArrayInsert","table":"O","pk":{"int":"1"},"field":"lines","path":[1],"value":{"special":"objectValue"},"priorSize":2} | ArrayInsert O[1].lines[1] = <object> (size 2)
        {"op":"ArrayMove","table":"P","pk":{"int":"1"},"field":"items","path":[0],"to":2,"priorSize":3} | ArrayMove P[1].items[0] -> 2 (size 3)
        {"op":"ArrayErase","table":"P","pk":{"int":"1"},"field":"items","path":[0],"priorSize":3} | ArrayErase P[1].items[0] (size 3)
        {"op":"Clear","table":"O","pk":{"int":"1"},"field":"codes","path":[],"collection":"set"} | Clear O[1].codes as set
        {"op":"SetInsert","table":"Doc","pk":{"int":"1"},"field":"links","path":[],"value":{"link":{"table":"Doc","pk":{"int":"2"}}}} | SetInsert Doc[1].links + Doc[2]
        {"op":"SetErase","table":"Room","pk":{"int":"1"},"field":"x","path":[],"value":{"decimal":{"coefficient":"150","exponent":-2,"negative":true}}} | SetErase Room[1].x - -1.50m
        {"op":"EraseObject","table":"Note","pk":{"globalKey":{"hi":"9","lo":"1"}}} | EraseObject Note[{0009-0001}]
        {"op":"Update","table":"T","pk":{"int":"1"},"field":"t","path":[],"value":{"timestamp":{"s":"-1","ns":-500000000}},"default":false} | Update T[1].t = @-1.5
        {"op":"EraseTable","table":"a\\nb"} | EraseTable "a\\u000ab"
        """)
    void instructionIsOneLine(String json, String line) {
        assertThat(ChangesetText.of(ChangesetJson.readInstruction(JsonMapper.shared().readTree(json))))
                .isEqualTo(line);
    }
}
