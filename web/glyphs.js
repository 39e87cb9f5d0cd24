// Rasterises one glyph, or one shaped word, with the browser's own fonts on a 2D canvas: white, straight alpha, coloured
// where the font is (emoji). No font is ever downloaded.
'use strict';
(() => {
  const stack = '"Inter","Segoe UI","Roboto","Noto Sans",Arial,sans-serif';
  const board = document.createElement('canvas');
  board.width = 256;
  board.height = 96;
  const pen = board.getContext('2d', { willReadFrequently: true });

  const choose = (weight, pixels) => {
    pen.font = `${weight} ${pixels}px ${stack}`;
    pen.fontKerning = 'none';
    pen.textBaseline = 'alphabetic';
    pen.fillStyle = '#fff';
  };
  const isColoured = (data) => {
    for (let i = 0; i < data.length; i += 4) {
      const isWhite = data[i] > 230 && data[i + 1] > 230 && data[i + 2] > 230;
      if (data[i + 3] > 64 && !isWhite) return true;
    }
    return false;
  };

  globalThis.parleyPage.glyphs = {
    // [ascent, descent] of a line, in pixels.
    lineMetrics(weight, pixels) {
      choose(weight, pixels);
      const box = pen.measureText('Hg');
      return [box.fontBoundingBoxAscent, box.fontBoundingBoxDescent];
    },
    advance(weight, pixels, text) {
      choose(weight, pixels);
      return pen.measureText(text).width;
    },
    // {advance, left, top, width, height, coloured, data}: left and top from the pen's place on the baseline.
    raster(weight, pixels, text) {
      choose(weight, pixels);
      const box = pen.measureText(text);
      const left = Math.floor(-box.actualBoundingBoxLeft) - 1;
      const top = Math.floor(-box.actualBoundingBoxAscent) - 1;
      const width = Math.min(Math.ceil(box.actualBoundingBoxRight) + 1 - left, 2048);
      const height = Math.min(Math.ceil(box.actualBoundingBoxDescent) + 1 - top, 512);
      if (!(box.actualBoundingBoxRight + box.actualBoundingBoxLeft > 0) || width <= 2 || height <= 2) {
        return { advance: box.width, left: 0, top: 0, width: 0, height: 0, coloured: false, data: null };
      }
      if (width > board.width || height > board.height) {
        board.width = Math.max(board.width, width);
        board.height = Math.max(board.height, height);
        choose(weight, pixels);
      }
      pen.clearRect(0, 0, width, height);
      pen.fillText(text, -left, -top);
      const data = pen.getImageData(0, 0, width, height).data;
      return { advance: box.width, left, top, width, height, coloured: isColoured(data), data };
    },
  };
})();
