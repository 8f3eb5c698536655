using Microsoft.Playwright;
using Xunit;

namespace Raft.Verified.Tests.Show;

/// <summary>Debian's Chromium, started once for the tests of a class. Without it they fail, and say how to get it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Headless = true,
            Timeout = 120_000,
            Args =
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a file in a window of its own.</summary>
    internal async Task<OpenPage> OpenAsync(string file, bool dark = false)
    {
        Assert.True(_browser is not null, $"Chromium is missing: expected {Chromium}; install it with 'apt-get install chromium'");
        IPage page = await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        page.SetDefaultTimeout(120_000);
        OpenPage open = new(page, file);
        await page.GotoAsync(open.Address);
        return open;
    }
}

/// <summary>A page in the browser, and whatever went wrong in it or left it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    public OpenPage(IPage page, string file)
    {
        Page = page;
        Address = new Uri(file).AbsoluteUri;
        page.Console += (_, message) => Troubles.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Troubles.Add($"error: {error}");
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>What was written to the console, and errors of the page.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Every address that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The step that is shown, from 0.</summary>
    public Task<int> StepAsync() => Page.EvaluateAsync<int>("() => raftShow.step");

    /// <summary>The number of events.</summary>
    public Task<int> CountAsync() => Page.EvaluateAsync<int>("() => raftShow.run.events.length");

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public Task<string> TextAsync(string selector) => Page.InnerTextAsync(selector);

    /// <summary>What a canvas shows, once it has been drawn: how many colours, and the colour of one point.</summary>
    public Task<int> ColorsAsync(string canvas) => Page.EvaluateAsync<int>(
        """
        async id => {
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const canvas = document.getElementById(id);
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(new Uint32Array(data.buffer)).size;
        }
        """,
        canvas);

    /// <summary>The colour of the diagram at a point of an event's row, as <c>r,g,b</c>.</summary>
    public Task<string> ColorAtAsync(int x, int step) => Page.EvaluateAsync<string>(
        """
        async ([x, step]) => {
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const data = document.getElementById("canvas").getContext("2d").getImageData(x, Math.round(raftShow.diagram.y(step)), 1, 1).data;
          return `${data[0]},${data[1]},${data[2]}`;
        }
        """,
        new[] { x, step });

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
