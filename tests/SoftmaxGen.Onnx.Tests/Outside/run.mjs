// Runs models in ONNX Runtime. Arguments: the folder of the runtime's package, and a file of jobs,
// [{ "model": path, "type": "float32" or "float64", "columns": m, "rows": [numbers] }]. Writes [{ output name: [values] }], in the same order.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [runtime, jobs] = process.argv.slice(2);
const ort = createRequire(join(runtime, 'package.json'))(runtime);
const results = [];
for (const { model, type, columns, rows } of JSON.parse(readFileSync(jobs, 'utf8'))) {
    const session = await ort.InferenceSession.create(readFileSync(model));
    const data = type === 'float64' ? Float64Array.from(rows) : Float32Array.from(rows);
    const outputs = await session.run({ [session.inputNames[0]]: new ort.Tensor(type, data, [rows.length / columns, columns]) });
    results.push(Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, value => typeof value === 'number' ? value : String(value))])));
}
console.log(JSON.stringify(results));
