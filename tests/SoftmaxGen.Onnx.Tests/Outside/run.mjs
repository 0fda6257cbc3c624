// Runs models in ONNX Runtime. Arguments: the folder of the runtime's package, and a file of jobs,
// [{ "model": path, "type": "float32" or "float64", "columns": m, "rows": [numbers] }],
// or instead of rows "inputs": { input name: [texts or numbers, null for NaN] }. Writes [{ output name: [values] }], in the same order.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [runtime, jobs] = process.argv.slice(2);
const ort = createRequire(join(runtime, 'package.json'))(runtime);
const results = [];
const column = values => typeof values[0] === 'string'
    ? new ort.Tensor('string', values, [values.length, 1])
    : new ort.Tensor('float32', Float32Array.from(values, value => value ?? NaN), [values.length, 1]);
for (const { model, type, columns, rows, inputs } of JSON.parse(readFileSync(jobs, 'utf8'))) {
    const session = await ort.InferenceSession.create(readFileSync(model));
    const data = type === 'float64' ? Float64Array.from(rows) : Float32Array.from(rows);
    const feeds = inputs
        ? Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, column(values)]))
        : { [session.inputNames[0]]: new ort.Tensor(type, data, [rows.length / columns, columns]) };
    const outputs = await session.run(feeds);
    results.push(Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, value => typeof value === 'number' ? value : String(value))])));
}
console.log(JSON.stringify(results));
