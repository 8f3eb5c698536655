namespace Raft.Verified.Tests.Show;

/// <summary>The machine as the search for a browser sees it.</summary>
internal interface IBrowserMachine
{
    /// <summary>The folders of <c>PATH</c>, in their order.</summary>
    IReadOnlyList<string> PathFolders { get; }

    /// <summary>The ending of an executable's name: <c>.exe</c> on Windows, else nothing.</summary>
    string ExecutableExtension { get; }

    /// <summary>The paths where browsers of this system usually are when they are not on the path.</summary>
    IReadOnlyList<string> InstallPlaces { get; }

    /// <summary>The path at which Playwright installs its Chromium, whether it is there or not.</summary>
    string PlaywrightsBrowser { get; }

    /// <summary>True when this process may install packages of Debian, or of a distribution made from it.</summary>
    bool IsRootOnDebian { get; }

    /// <summary>Returns the value of an environment variable; null when it is not set.</summary>
    string? Variable(string name);

    /// <summary>Tells whether there is a file.</summary>
    bool FileExists(string path);

    /// <summary>Starts a browser and ends it again.</summary>
    /// <param name="path">The path of its executable.</param>
    /// <returns>Null when it started, else why not, in one line.</returns>
    Task<string?> StartAsync(string path);

    /// <summary>Runs Playwright's own installer, within a bounded time.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null on success, else what went wrong, in one line.</returns>
    Task<string?> InstallPlaywrightsAsync(params string[] arguments);

    /// <summary>Runs <c>apt-get</c>, within a bounded time.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null on success, else what went wrong, in one line.</returns>
    Task<string?> RunAptAsync(params string[] arguments);

    /// <summary>Lets some seconds pass.</summary>
    Task PauseAsync();

    /// <summary>Tells whoever runs the tests what goes on.</summary>
    void Say(string line);
}
