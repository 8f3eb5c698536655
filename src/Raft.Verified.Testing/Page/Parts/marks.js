// The shapes of the diagram: lines, arrowheads, hatching, and one shape per kind of event, because colours alone are not accessible to everybody.

// Gives a canvas one pixel per pixel of the screen.
function sizeCanvas(canvas) {
  const ratio = window.devicePixelRatio || 1, box = canvas.getBoundingClientRect();
  const width = Math.max(1, Math.round(box.width * ratio)), height = Math.max(1, Math.round(box.height * ratio));
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width: box.width, height: box.height };
}

function line(c, x0, y0, x1, y1) {
  c.beginPath();
  c.moveTo(x0, y0);
  c.lineTo(x1, y1);
  c.stroke();
}

function cross(c, x, y, size) {
  line(c, x - size, y - size, x + size, y + size);
  line(c, x - size, y + size, x + size, y - size);
}

function arrowhead(c, x0, y0, x1, y1, size, hollow) {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  c.beginPath();
  c.moveTo(x1, y1);
  c.lineTo(x1 - size * Math.cos(angle - 0.4), y1 - size * Math.sin(angle - 0.4));
  c.lineTo(x1 - size * Math.cos(angle + 0.4), y1 - size * Math.sin(angle + 0.4));
  c.closePath();
  if (hollow) c.stroke(); else c.fill();
}

function hatch(c, x, y, width, height, color, gap) {
  const top = Math.max(y, 0), bottom = Math.min(y + height, c.canvas.height);
  if (bottom <= top) return;
  c.save();
  c.beginPath();
  c.rect(x, top, width, bottom - top);
  c.clip();
  c.strokeStyle = color;
  c.lineWidth = 1.5;
  c.beginPath();
  for (let at = top - width - ((top - y) % gap); at < bottom; at += gap) {
    c.moveTo(x, at + width);
    c.lineTo(x + width, at);
  }
  c.stroke();
  c.restore();
}

// The lines of a text, which break between words; a word that is longer than a line breaks where it must.
function wrapped(c, text, room) {
  const lines = [];
  let line = "";
  for (let word of text.split(" ")) {
    while (c.measureText(word).width > room) {
      let fits = 1;
      while (fits < word.length && c.measureText(word.slice(0, fits + 1)).width <= room) fits++;
      if (line) lines.push(line);
      lines.push(word.slice(0, fits));
      line = "";
      word = word.slice(fits);
    }
    const longer = line ? `${line} ${word}` : word;
    if (c.measureText(longer).width <= room) line = longer;
    else { lines.push(line); line = word; }
  }
  if (line || !lines.length) lines.push(line);
  return lines;
}

// Draws the shape of an event.
function marker(c, e, topic, x, y, size, color, colors) {
  c.fillStyle = c.strokeStyle = color;
  c.lineWidth = 1.5;
  c.beginPath();
  switch (topic) {
    case "vote":
      c.moveTo(x, y - size - 1); c.lineTo(x + size + 1, y); c.lineTo(x, y + size + 1); c.lineTo(x - size - 1, y); c.closePath();
      break;
    case "log": case "disk":
      c.rect(x - size + 1, y - size + 1, 2 * size - 2, 2 * size - 2);
      break;
    case "commit":
      if (e.kind === "Applied") c.arc(x, y, size - 1, 0, 7);
      else { c.moveTo(x, y + size); c.lineTo(x - size, y - size + 1); c.lineTo(x + size, y - size + 1); c.closePath(); }
      break;
    case "snap":
      c.rect(x - size, y - size, 2 * size, 2 * size);
      break;
    case "env":
      if (e.kind === "Started") {
        c.fillStyle = colors.good;
        c.moveTo(x, y - size); c.lineTo(x - size, y + size); c.lineTo(x + size, y + size); c.closePath();
        break;
      }
      c.lineWidth = 2.5;
      cross(c, x, y, size);
      return;
    case "timer":
      c.arc(x, y, size - 0.5, 0, 7);
      c.moveTo(x, y); c.lineTo(x, y - size + 1);
      c.fillStyle = colors.paper;
      break;
    default:
      c.arc(x, y, Math.max(1.5, size / 2), 0, 7);
  }
  c.fill();
  if (topic === "timer" || topic === "disk") { if (topic === "disk") { c.fillStyle = colors.paper; c.fill(); } c.stroke(); }
}
