// What is painted, from a picture of the page.

// The box around the pixels in `clip` that differ from its upper left corner by at least so much, in CSS pixels of the
// page.
export const inkBox = async (page, clip, least = 90) => {
  const picture = (await page.screenshot({ clip })).toString('base64');
  const scratch = await page.context().newPage();
  const box = await scratch.evaluate(async ([data, threshold]) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data: pixels } = pen.getImageData(0, 0, image.width, image.height);
    const found = { left: 1e9, top: 1e9, right: -1, bottom: -1 };
    for (let y = 0; y < image.height; ++y) {
      for (let x = 0; x < image.width; ++x) {
        const at = 4 * (y * image.width + x);
        if (Math.abs(pixels[at] - pixels[0]) + Math.abs(pixels[at + 1] - pixels[1]) + Math.abs(pixels[at + 2] - pixels[2]) < threshold) continue;
        found.left = Math.min(found.left, x); found.right = Math.max(found.right, x + 1);
        found.top = Math.min(found.top, y); found.bottom = Math.max(found.bottom, y + 1);
      }
    }
    return found;
  }, [picture, least]);
  await scratch.close();
  return { left: box.left + clip.x, top: box.top + clip.y, right: box.right + clip.x, bottom: box.bottom + clip.y };
};

// What is painted at these places, in CSS pixels of the page, as #rrggbb.
export const coloursOf = async (page, places) => {
  const picture = (await page.screenshot()).toString('base64');
  const density = await page.evaluate(() => devicePixelRatio);
  return page.evaluate(async ([data, pixels]) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    return pixels.map(([x, y]) => '#' + [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join(''));
  }, [picture, places.map(([x, y]) => [Math.floor(x * density), Math.floor(y * density)])]);
};

// The box around the pixels in which two pictures of the page (PNG) differ, or null.
export const changedBox = async (scratch, one, other) => scratch.evaluate(async (both) => {
  const [a, b] = await Promise.all(both.map(async (data) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  }));
  const box = { left: 1e9, top: 1e9, right: -1, bottom: -1 };
  const now = new Uint32Array(a.data.buffer);
  const then = new Uint32Array(b.data.buffer);
  for (let at = 0; at < now.length; ++at) {
    if (now[at] === then[at]) continue;
    const x = at % a.width;
    const y = (at - x) / a.width;
    box.left = Math.min(box.left, x); box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y); box.bottom = Math.max(box.bottom, y + 1);
  }
  return box.right < 0 ? null : box;
}, [one.toString('base64'), other.toString('base64')]);

// How many pixels are ink in one picture and have none within a pixel's distance in the other, and the other way round.
// `page` is any page; pictures are PNG in base64.
export const strays = (page, one, other) => page.evaluate(async ([first, second]) => {
  const read = async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  };
  const a = await read(first);
  const b = await read(second);
  const away = (picture, x, y) => {
    const at = 4 * (y * picture.width + x);
    return Math.abs(picture.data[at] - picture.data[0]) + Math.abs(picture.data[at + 1] - picture.data[1]) + Math.abs(picture.data[at + 2] - picture.data[2]);
  };
  const lonely = (ink, ground) => {
    let dark = 0;
    let alone = 0;
    for (let y = 1; y < ink.height - 1; ++y) {
      for (let x = 1; x < ink.width - 1; ++x) {
        if (away(ink, x, y) < 300) continue;
        ++dark;
        let near = false;
        for (let dy = -1; dy <= 1 && !near; ++dy) for (let dx = -1; dx <= 1 && !near; ++dx) near = away(ground, x + dx, y + dy) > 90;
        if (!near) ++alone;
      }
    }
    return { dark, alone };
  };
  return [lonely(a, b), lonely(b, a)];
}, [one, other]);
