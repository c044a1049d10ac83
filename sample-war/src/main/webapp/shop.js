const products = document.getElementById('products');
const orders = document.getElementById('orders');
const form = document.getElementById('order');
const message = document.getElementById('message');

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className ?? '';
  return made;
}

function money(amount, currency) {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount);
}

function say(text, alarm) {
  message.textContent = text;
  message.classList.toggle('alarm', alarm);
}

async function json(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) {
    const body = await answer.json().catch(() => null);
    throw new Error(body?.problems?.join('; ') ?? `${path} answered ${answer.status}`);
  }
  return answer.json();
}

function card(product) {
  const item = document.createElement('li');
  item.append(
    element('h3', product.name),
    element('p', product.description),
    element('p', `${money(product.price, product.currency)}, ${product.stock} in stock`, 'price'),
  );
  return item;
}

function choice(product) {
  const option = element('option', product.name);
  option.value = product.id;
  option.disabled = product.stock === 0;
  return option;
}

function row(order) {
  const line = document.createElement('tr');
  line.append(
    element('td', new Date(order.orderedAt).toLocaleString()),
    element('td', order.customer),
    element('td', order.product),
    element('td', order.quantity, 'number'),
    element('td', money(order.total, order.currency), 'number'),
  );
  return line;
}

async function show() {
  const [shelf, newest] = await Promise.all([json('api/products'), json('api/orders')]);
  const chosen = form.elements.productId.value;
  products.replaceChildren(...shelf.map(card));
  form.elements.productId.replaceChildren(...shelf.map(choice));
  if (chosen) {
    form.elements.productId.value = chosen;
  }
  orders.replaceChildren(...newest.map(row));
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    const order = await json('api/orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        customer: form.elements.customer.value,
        productId: Number(form.elements.productId.value),
        quantity: Number(form.elements.quantity.value),
      }),
    });
    say(`Thank you, ${order.customer}: order ${order.id}, ${money(order.total, order.currency)}.`, false);
    await show();
  } catch (problem) {
    say(problem.message, true);
  }
});

show().catch((problem) => say(problem.message, true));
