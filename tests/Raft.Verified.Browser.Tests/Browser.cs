using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Raft.Verified.Tests.Show;

/// <summary>A browser, started once for the tests of a class. Where none can be had, the tests are skipped; where <c>CI</c> is set, they fail.</summary>
/// <param name="console">Where the tests' user reads what is installed, and why tests are skipped.</param>
public sealed class Browser(IMessageSink console) : IAsyncLifetime
{
    private static readonly Lock Gate = new();

    // One for all classes of tests: it may install something.
    private static Task<BrowserFound>? _search;

    private BrowserFound? _found;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _found = await FindAsync();
        if (_found.Path is { } path)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await LaunchAsync(_playwright, path);
        }
    }

    private Task<BrowserFound> FindAsync()
    {
        lock (Gate)
        {
            return _search ??= FindAndSayAsync();
        }
    }

    private async Task<BrowserFound> FindAndSayAsync()
    {
        BrowserFound found = await new BrowserSearch(new BrowserMachine(Say)).FindAsync();
        Say(found.Path is { } path ? $"browser for the tests of pages: {path}, {found.Reason}" : $"no browser for the tests of pages: {found.Reason}");
        return found;
    }

    private void Say(string line) => console.OnMessage(new DiagnosticMessage(line));

    /// <summary>Starts a browser without a window.</summary>
    /// <param name="playwright">The driver.</param>
    /// <param name="path">The path of the browser's executable.</param>
    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = path,
        Headless = true,
        Timeout = 120_000,
        Args =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a file in a window of its own.</summary>
    internal async Task<OpenPage> OpenAsync(string file, bool dark = false, int width = 1440, int height = 900, float scale = 1)
    {
        IPage page = await Started().NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = scale,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        page.SetDefaultTimeout(120_000);
        OpenPage open = new(page, file);
        await page.GotoAsync(open.Address);
        return open;
    }

    private IBrowser Started()
    {
        Skip.If(_found!.IsSkipped(Environment.GetEnvironmentVariable("CI")), $"no browser: {_found.Reason}");
        Assert.True(_browser is not null, $"no browser: {_found.Reason}");
        return _browser;
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

    /// <summary>The lines written to the console, and the errors of the page.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Every address that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The step that is shown, from 0.</summary>
    public Task<int> StepAsync() => Page.EvaluateAsync<int>("() => raftShow.step");

    /// <summary>The number of events.</summary>
    public Task<int> CountAsync() => Page.EvaluateAsync<int>("() => raftShow.run.events.length");

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public Task<string> TextAsync(string selector) => Page.InnerTextAsync(selector);

    /// <summary>Reads a canvas once it has been drawn: the number of colours, and the colour of one point.</summary>
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
