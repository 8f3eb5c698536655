using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Raft.Verified.Tests.Show;

/// <summary>The machine that the tests run on.</summary>
/// <param name="say">Takes what the user should know.</param>
internal sealed class BrowserMachine(Action<string> say) : IBrowserMachine
{
    // An installation that takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public IReadOnlyList<string> PathFolders { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    public string ExecutableExtension { get; } = OperatingSystem.IsWindows() ? ".exe" : "";

    public IReadOnlyList<string> InstallPlaces { get; } =
        OperatingSystem.IsWindows() ? [.. OnWindows()]
        : OperatingSystem.IsMacOS() ? [.. new[] { "Google Chrome", "Chromium", "Microsoft Edge" }.Select(name => $"/Applications/{name}.app/Contents/MacOS/{name}")]
        : ["/usr/bin/chromium", "/usr/bin/google-chrome", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/snap/bin/chromium"];

    public string PlaywrightsBrowser { get; } = PathOfPlaywrightsBrowser();

    public bool IsRootOnDebian { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/etc/debian_version") && File.Exists("/usr/bin/apt-get");

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public bool FileExists(string path) => File.Exists(path);

    public async Task<string?> StartAsync(string path)
    {
        try
        {
            using IPlaywright playwright = await Playwright.CreateAsync();
            await using IBrowser browser = await Browser.LaunchAsync(playwright, path);
            return null;
        }
        catch (Exception exception) when (IsOfPlaywright(exception))
        {
            return WhyNotStarted(exception.Message);
        }
    }

    public async Task<string?> InstallPlaywrightsAsync(params string[] arguments)
    {
        Task<int> run = Task.Run(() => Microsoft.Playwright.Program.Main(arguments));
        try
        {
            int status = await run.WaitAsync(Patience);
            return status == 0 ? null : $"its installer ended with {status}";
        }
        catch (TimeoutException)
        {
            return $"its installer did not end within {Patience.TotalMinutes} minutes";
        }
    }

    public async Task<string?> RunAptAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("/usr/bin/apt-get", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        start.Environment["LC_ALL"] = "C";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using CancellationTokenSource patience = new(Patience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return $"it did not end within {Patience.TotalMinutes} minutes";
            }

            await output;
            return process.ExitCode == 0 ? null : $"{OneLine(await errors)} (exit status {process.ExitCode})";
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }

    public Task PauseAsync() => Task.Delay(TimeSpan.FromSeconds(10));

    public void Say(string line) => say(line);

    private static IEnumerable<string> OnWindows() =>
        from folder in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
        from browser in new[] { @"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe" }
        select Path.Combine(Environment.GetFolderPath(folder), browser);

    private static string PathOfPlaywrightsBrowser()
    {
        try
        {
            using IPlaywright playwright = Playwright.CreateAsync().GetAwaiter().GetResult();
            return playwright.Chromium.ExecutablePath;
        }
        catch (Exception exception) when (IsOfPlaywright(exception))
        {
            // Playwright does not run on this system: the search says so when it tries to start a browser.
            return "";
        }
    }

    private static bool IsOfPlaywright(Exception exception) => exception is PlaywrightException or TimeoutException or Win32Exception;

    // Playwright quotes the whole command line and the browser's log. The browser's own words are marked "[err]".
    private static string WhyNotStarted(string message)
    {
        string[] lines = [.. message.Split('\n').Select(line => line.Trim())];
        string? own = lines.FirstOrDefault(line => line.Contains("[err]", StringComparison.Ordinal));
        return own is null ? lines[0] : own[(own.IndexOf("[err]", StringComparison.Ordinal) + "[err]".Length)..].Trim();
    }

    private static string OneLine(string text) => string.Join(" ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3));
}
