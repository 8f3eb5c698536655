namespace Raft.Verified.Tests.Cli;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its top level.</summary>
    public static string Top { get; } = Find();

    /// <summary>The lines of one of its files.</summary>
    /// <param name="path">The path from the top level, its parts.</param>
    public static string[] Lines(params string[] path) => File.ReadAllLines(Path.Combine([Top, .. path]));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Raft.Verified.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} has Raft.Verified.sln; run the tests where they were built");
    }
}
