using Microsoft.Playwright;
using Xunit.Sdk;

namespace Raft.Verified.Tests.Show;

/// <summary>
/// A golden image: a picture of a page that somebody has looked at. Fonts differ from machine to machine, and with them every letter, and
/// where lines of text break. So pictures are not compared pixel by pixel. Each place is given by the average colour around it, of 210 by 70
/// pixels of the page, and may be up to 80 pixels higher or lower than in the golden image. One percent of the places may differ. What
/// remains is the structure: panels, lanes, bands, marks and colours. A test shows what this finds, and what it does not mind.
/// </summary>
internal static class PageImage
{
    /// <summary>The scale of the pictures, so that they are small files.</summary>
    public const float Scale = 0.6f;

    /// <summary>The greatest share of places that differ in two pictures that count as the same, in percent.</summary>
    public const double Tolerance = 1;

    // In blocks of 6 by 6 pixels of the picture, which are 10 by 10 of the page.
    private const int Block = 6;

    private const int AroundX = 10;

    private const int AroundY = 3;

    private const int MaxShift = 8;

    // In steps of a colour's part, of 255.
    private const int MaxDifference = 10;

    // Decodes both pictures in the browser, which is at hand and knows the format.
    private const string Compare =
        """
        async ([first, second, block, aroundX, aroundY, maxShift, maxDifference]) => {
          const averages = async png => {
            const image = new Image();
            image.src = "data:image/png;base64," + png;
            await image.decode();
            const canvas = document.createElement("canvas");
            canvas.width = image.width;
            canvas.height = image.height;
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const pixels = context.getImageData(0, 0, image.width, image.height).data;
            const columns = Math.floor(image.width / block), rows = Math.floor(image.height / block), blocks = new Float64Array(columns * rows * 3);
            for (let y = 0; y < rows * block; y++) {
              for (let x = 0; x < columns * block; x++) {
                const to = (Math.floor(y / block) * columns + Math.floor(x / block)) * 3, from = (y * image.width + x) * 4;
                for (let c = 0; c < 3; c++) blocks[to + c] += pixels[from + c] / (block * block);
              }
            }
            const around = new Float64Array(columns * rows * 3);
            for (let y = 0; y < rows; y++) {
              for (let x = 0; x < columns; x++) {
                const [left, right] = [Math.max(0, x - aroundX), Math.min(columns - 1, x + aroundX)], [top, bottom] = [Math.max(0, y - aroundY), Math.min(rows - 1, y + aroundY)];
                const count = (right - left + 1) * (bottom - top + 1);
                for (let j = top; j <= bottom; j++) {
                  for (let i = left; i <= right; i++) {
                    for (let c = 0; c < 3; c++) around[(y * columns + x) * 3 + c] += blocks[(j * columns + i) * 3 + c] / count;
                  }
                }
              }
            }
            return { columns, rows, around };
          };
          const differing = (a, b) => {
            let count = 0;
            for (let y = 0; y < a.rows; y++) {
              for (let x = 0; x < a.columns; x++) {
                let least = Infinity;
                for (let other = Math.max(0, y - maxShift); other <= Math.min(b.rows - 1, y + maxShift); other++) {
                  let difference = 0;
                  for (let c = 0; c < 3; c++) difference += Math.abs(a.around[(y * a.columns + x) * 3 + c] - b.around[(other * b.columns + x) * 3 + c]) / 3;
                  least = Math.min(least, difference);
                }
                if (least > maxDifference) count++;
              }
            }
            return 100 * count / (a.rows * a.columns);
          };
          const a = await averages(first), b = await averages(second);
          return a.columns === b.columns && Math.abs(a.rows - b.rows) <= maxShift ? Math.max(differing(a, b), differing(b, a)) : 100;
        }
        """;

    /// <summary>Returns the share of places that differ in two pictures, in percent; 100 for pictures of other sizes.</summary>
    /// <param name="page">A page of the browser that compares them.</param>
    /// <param name="first">A picture, as PNG.</param>
    /// <param name="second">A picture, as PNG.</param>
    public static Task<double> DifferenceAsync(IPage page, byte[] first, byte[] second) => page.EvaluateAsync<double>(
        Compare, new object[] { Convert.ToBase64String(first), Convert.ToBase64String(second), Block, AroundX, AroundY, MaxShift, MaxDifference });

    /// <summary>Compares a picture with the golden image of this name. If they differ, the picture is written beside it, and the test fails.</summary>
    /// <param name="page">A page of the browser that compares them.</param>
    /// <param name="name">The name of the golden image.</param>
    /// <param name="picture">The picture, as PNG.</param>
    /// <exception cref="XunitException">The picture differs, or there is no golden image.</exception>
    public static async Task CheckAsync(IPage page, string name, byte[] picture)
    {
        string verified = PathOf($"{name}.verified.png");
        string received = PathOf($"{name}.received.png");
        double difference = File.Exists(verified) ? await DifferenceAsync(page, await File.ReadAllBytesAsync(verified), picture) : 100;
        if (difference <= Tolerance)
        {
            File.Delete(received);
            return;
        }

        await File.WriteAllBytesAsync(received, picture);
        throw new XunitException(
            $"""
            The picture is not that of the golden image: {difference:F1} % of the places differ, and at most {Tolerance} % are allowed.
              - verified: {verified}
              + received: {received}

            If what was received is right, rename the received file to the verified one.
            """);
    }

    /// <summary>Returns the path of a file beside the golden images.</summary>
    /// <param name="name">The name of the file.</param>
    public static string PathOf(string name) => Repository.File("tests", "Raft.Verified.Browser.Tests", "Golden", name);
}
