// Small things the other files build with. What is shown always reaches the page as textContent.

const KEY_NAMES = { Backspace: '⌫', Enter: 'Enter', ' ': 'Space' };

const keyName = (key) => KEY_NAMES[key] ?? key;

const element = (tag, name = '', text) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
};

const keycap = (key) => element('kbd', '', keyName(key));

// A button that leaves the focus, and what is selected in the text, where they are when the mouse presses it.
const button = (name, text, press) => {
  const made = element('button', name);
  made.type = 'button';
  if (text) made.append(element('span', '', text));
  made.addEventListener('mousedown', (event) => event.preventDefault());
  made.addEventListener('click', press);
  return made;
};

// randomUUID is missing where the page does not come over HTTPS or from this computer.
const newSubmission = () =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

// Seconds something was on the screen: they stop while the window is hidden.
class Clock {
  constructor() {
    this.spent = 0;
    this.since = document.hidden ? null : performance.now();
  }

  look() {
    this.spent = this.milliseconds();
    this.since = document.hidden ? null : performance.now();
  }

  milliseconds() {
    return this.spent + (this.since === null ? 0 : performance.now() - this.since);
  }
}
