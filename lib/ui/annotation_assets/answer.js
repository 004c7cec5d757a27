// What is being said of one response, in the form in which it is sent.

const CONFIDENCE = 'confidence ';  // with a space, which no field's id can have

const confidenceField = {
  id: CONFIDENCE,
  title: 'How sure are you?',
  kind: 'confidence',
  required: false,
  help: '1 is a guess, 5 is certain',
  when: {},
  labels: ['1', '2', '3', '4', '5'].map((id) => ({ id, title: id, key: id, definition: '', examples: [] })),
};

const allFields = (codebook) => (codebook.confidence ? [...codebook.fields, confidenceField] : codebook.fields);

const labelsOf = (answer, field) => {
  if (field.kind === 'confidence') return answer.confidence ? [String(answer.confidence)] : [];
  return answer.labels[field.id] ?? [];
};

// The fields to ask, given what is chosen so far. A field's conditions always stand before it.
const askedFields = (codebook, answer) => {
  const asked = new Set();
  return allFields(codebook).filter((field) => {
    const yes = Object.entries(field.when).every(
      ([other, labels]) => asked.has(other) && (answer.labels[other] ?? []).some((label) => labels.includes(label)),
    );
    if (yes) asked.add(field.id);
    return yes;
  });
};

const isAnswered = (answer, field) => {
  if (field.kind === 'text') return Boolean(answer.texts[field.id]?.trim());
  if (field.kind === 'spans') return Boolean(answer.spans[field.id]?.length);
  if (field.kind === 'multiple') return field.id in answer.labels;
  return labelsOf(answer, field).length > 0;
};

const missingFields = (codebook, answer) =>
  askedFields(codebook, answer).filter((field) => field.required && !isAnswered(answer, field));

// Choose a label, or take it back where that is allowed.
const chooseLabel = (answer, field, label) => {
  const chosen = labelsOf(answer, field);
  const again = chosen.includes(label);
  if (field.kind === 'multiple') {
    const kept = again ? chosen.filter((other) => other !== label) : [...chosen, label];
    if (kept.length) answer.labels[field.id] = kept;
    else delete answer.labels[field.id];
  } else if (field.kind === 'confidence') {
    answer.confidence = again ? null : Number(label);
  } else if (again && !field.required) {
    delete answer.labels[field.id];
  } else {
    answer.labels[field.id] = [label];
  }
};

// "None of these" as an answer of its own: it is not the same as not having looked.
const chooseNone = (answer, field) => {
  if (saysNone(answer, field)) delete answer.labels[field.id];
  else answer.labels[field.id] = [];
};

const saysNone = (answer, field) => answer.labels[field.id]?.length === 0;

// Label a stretch; the same again takes it away, and stretches of one label that meet become one.
const markSpan = (answer, field, label, [start, end]) => {
  const spans = answer.spans[field.id] ?? [];
  const same = (span) => span.label === label;
  if (spans.some((span) => same(span) && span.start === start && span.end === end)) {
    return keepSpans(answer, field, (span) => !(same(span) && span.start === start && span.end === end));
  }
  const touching = spans.filter((span) => same(span) && span.start < end && start < span.end);
  const joined = {
    start: Math.min(start, ...touching.map((span) => span.start)),
    end: Math.max(end, ...touching.map((span) => span.end)),
    label,
  };
  const kept = [...spans.filter((span) => !touching.includes(span)), joined];
  answer.spans[field.id] = kept.sort((a, b) => a.start - b.start || a.end - b.end);
};

const keepSpans = (answer, field, keep) => {
  const kept = (answer.spans[field.id] ?? []).filter(keep);
  if (kept.length) answer.spans[field.id] = kept;
  else delete answer.spans[field.id];
};

const removeSpans = (answer, field, [start, end]) =>
  keepSpans(answer, field, (span) => span.end <= start || end <= span.start);
