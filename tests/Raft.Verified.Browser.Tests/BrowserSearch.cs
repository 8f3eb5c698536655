namespace Raft.Verified.Tests.Show;

/// <summary>
/// The one place that finds a browser for the tests, or gets one: the browser of <c>CHROME_PATH</c>; else one that is installed; else Playwright's
/// own, which it installs; else, as root on Debian, the distribution's package. A browser counts only when it starts.
/// </summary>
internal sealed class BrowserSearch(IBrowserMachine machine)
{
    // Waits for a lock of apt that another process holds: so many times, with a pause between two.
    private const int Attempts = 30;

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge", "microsoft-edge-stable"];

    private readonly List<string> _refused = [];

    /// <summary>Finds a browser, or installs one and says so.</summary>
    /// <returns>The browser that starts, or why there is none.</returns>
    public async Task<BrowserFound> FindAsync() =>
        await NamedAsync() ?? await InstalledAsync() ?? await PlaywrightsAsync() ?? await DebiansAsync() ?? new BrowserFound(null, string.Join("; ", _refused));

    // Whoever names a browser wants that one, and no other in its place.
    private async Task<BrowserFound?> NamedAsync()
    {
        if (machine.Variable("CHROME_PATH") is not { Length: > 0 } path)
        {
            return null;
        }

        return !machine.FileExists(path) ? new BrowserFound(null, $"CHROME_PATH is '{path}', and there is no such file; expected the path of Chromium, Chrome or Edge", IsNamed: true)
            : await machine.StartAsync(path) is { } trouble ? new BrowserFound(null, $"CHROME_PATH is '{path}', which does not start: {trouble}", IsNamed: true)
            : new BrowserFound(path, "named by CHROME_PATH", IsNamed: true);
    }

    private async Task<BrowserFound?> InstalledAsync()
    {
        IEnumerable<string> onPath = machine.PathFolders.SelectMany(folder => Names, (folder, name) => Path.Combine(folder, name + machine.ExecutableExtension));
        string[] there = [.. onPath.Concat(machine.InstallPlaces).Append(machine.PlaywrightsBrowser).Where(machine.FileExists).Distinct()];
        foreach (string path in there)
        {
            if (await TryAsync(path, "installed") is { } found)
            {
                return found;
            }
        }

        if (there.Length == 0)
        {
            _refused.Add($"none of {string.Join(", ", Names)} is on the path");
        }

        return null;
    }

    private async Task<BrowserFound?> PlaywrightsAsync()
    {
        machine.Say("no browser for the tests of pages: installing Playwright's Chromium");
        if (await machine.InstallPlaywrightsAsync("install", "chromium") is { } trouble)
        {
            _refused.Add($"Playwright could not install its Chromium: {trouble}");
            return null;
        }

        if (await TryAsync(machine.PlaywrightsBrowser, "installed by Playwright") is { } found)
        {
            return found;
        }

        // A bare machine lacks libraries that Chromium needs, and root may install them.
        if (!machine.IsRootOnDebian)
        {
            return null;
        }

        machine.Say("Playwright's Chromium does not start: installing the libraries that it needs");
        return await machine.InstallPlaywrightsAsync("install-deps", "chromium") is null
            ? await TryAsync(machine.PlaywrightsBrowser, "installed by Playwright")
            : null;
    }

    private async Task<BrowserFound?> DebiansAsync()
    {
        if (!machine.IsRootOnDebian)
        {
            _refused.Add("the distribution's package needs root, on Debian or Ubuntu");
            return null;
        }

        machine.Say("no browser for the tests of pages: installing the package chromium with apt-get");
        if (await AptAsync("update") is { } outdated)
        {
            machine.Say($"apt-get update failed, which may not matter: {outdated}");
        }

        if (await AptAsync("install", "-y", "chromium") is { } trouble)
        {
            _refused.Add($"apt-get could not install chromium: {trouble}");
            return null;
        }

        return await TryAsync("/usr/bin/chromium", "installed by apt-get");
    }

    private async Task<string?> AptAsync(params string[] arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            // apt waits for dpkg's lock by itself, and gives up at once on that of its lists.
            string? trouble = await machine.RunAptAsync(["-o", "DPkg::Lock::Timeout=300", .. arguments]);
            if (trouble is null || !trouble.Contains("lock", StringComparison.OrdinalIgnoreCase) || attempt == Attempts)
            {
                return trouble;
            }

            machine.Say("another process holds the lock of apt: waiting");
            await machine.PauseAsync();
        }
    }

    private async Task<BrowserFound?> TryAsync(string path, string how)
    {
        if (await machine.StartAsync(path) is not { } trouble)
        {
            return new BrowserFound(path, how);
        }

        _refused.Add($"{path} does not start: {trouble}");
        return null;
    }
}
