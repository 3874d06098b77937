/** Source texts of the sample actions. */
export const sources = {
  validate: `/** Checks an order before it is accepted. */
function main(args) {
  const { id, amount } = args;
  if (!id || !(amount > 0)) return { error: 'An order needs an id and an amount.' };
  console.log(\`order \${id} accepted\`);
  return { ...args, accepted: true };
}
exports.main = main;
`,
  price: `# 주문 금액을 계산합니다 (adds up an order)
def main(args):
    items = args.get("items", [])
    total = sum(item["price"] * item["count"] for item in items)
    return {**args, "total": total, "currency": args.get("currency", "KRW")}
`,
  mail: `exports.main = async function main(args) {
  console.log('mail to', args.to);
  return { sent: Boolean(args.to) };
};
`,
  web: `function main(args) {
  const name = args.name || 'world';
  return { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Hello, ' + name + '</h1>' };
}
exports.main = main;
`,
  report: `import time

def main(args):
    # Reads a whole day: longer than a caller waits.
    time.sleep(90)
    return {"rows": 120000}
`,
  go: `package main

func Main(args map[string]interface{}) map[string]interface{} {
	return map[string]interface{}{"sessions": 0}
}
`,
  php: `<?php
function main(array $args): array {
    return ["greeting" => "안녕하세요 " . ($args["name"] ?? "")];
}
`,
} as const;
