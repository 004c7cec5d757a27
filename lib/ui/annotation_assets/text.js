// The response: drawn in pieces that know their place, so that a selection can be told in code points.
// `points` is a text as an array of code points, which is what the server counts: an emoji is one.

const WORD = /[\p{L}\p{N}\p{Extended_Pictographic}▒]/u;

const segmenter = (language) => {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: 'word' });
  }
};

// Where each word begins and ends.
const wordsOf = (text, language) => {
  const words = [];
  let at = 0;
  for (const { segment } of segmenter(language).segment(text)) {
    const end = at + Array.from(segment).length;
    if (WORD.test(segment)) words.push([at, end]);
    at = end;
  }
  return words;
};

// Draw a text with its marks ({start, end, title, colour}) and the chosen words ([start, end] or null).
// `unseen` holds, by place, what is shown for a character that nobody would see.
const drawText = (container, points, marks, chosen, unseen) => {
  const edges = new Set([0, points.length]);
  for (const { start, end } of marks) edges.add(start).add(end);
  if (chosen) edges.add(chosen[0]).add(chosen[1]);
  for (const place of Object.keys(unseen).map(Number)) edges.add(place).add(place + 1);
  const places = [...edges].filter((place) => place >= 0 && place <= points.length).sort((a, b) => a - b);
  const pieces = [];
  places.slice(1).forEach((end, index) => {
    const start = places[index];
    pieces.push(drawPiece(points, start, end, marks, chosen, unseen[start]));
    for (const mark of marks) if (mark.end === end) pieces.push(drawTag(mark));
  });
  container.replaceChildren(...pieces);
  container.size = points.length;
};

const drawPiece = (points, start, end, marks, chosen, sign) => {
  const covering = marks.filter((mark) => mark.start <= start && end <= mark.end);
  const piece = element(covering.length ? 'mark' : 'span', sign ? 'unseen' : '', sign ?? points.slice(start, end).join(''));
  if (covering.length) piece.style.setProperty('--mark', covering.at(-1).colour);
  if (chosen && chosen[0] <= start && end <= chosen[1]) piece.classList.add('chosen');
  piece.place = [start, end];
  piece.whole = sign !== undefined;
  return piece;
};

// The label at the end of its span: colour alone tells nobody what it is.
const drawTag = ({ end, title, colour }) => {
  const tag = element('span', 'tag', title);
  tag.style.setProperty('--mark', colour);
  tag.place = [end, end];
  tag.whole = true;
  return tag;
};

// The place in the text of a point in the page.
const placeOf = (container, node, offset) => {
  if (node === container) return container.childNodes[offset]?.place[0] ?? container.size;
  if (!container.contains(node)) {
    return container.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING ? container.size : 0;
  }
  const piece = node.nodeType === Node.TEXT_NODE ? node.parentNode : node;
  const [start, end] = piece.place;
  if (offset === 0) return start;
  return piece === node || piece.whole ? end : start + Array.from(node.data.slice(0, offset)).length;
};

// What the mouse selected in the text, without blanks around it; null when nothing.
const selectedPlace = (container, points) => {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(container)) return null;
  let start = placeOf(container, range.startContainer, range.startOffset);
  let end = placeOf(container, range.endContainer, range.endOffset);
  while (start < end && !points[start].trim()) start += 1;
  while (start < end && !points[end - 1].trim()) end -= 1;
  return start < end ? [start, end] : null;
};
