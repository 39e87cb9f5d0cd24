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
