namespace Raft.Verified.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The top level.</summary>
    public static string Top { get; } = Find();

    /// <summary>Returns the path of a file of the repository.</summary>
    /// <param name="path">The parts of the path from the top level.</param>
    public static string File(params string[] path) => Path.Combine([Top, .. path]);

    /// <summary>Reads the lines of a file of the repository.</summary>
    /// <param name="path">The parts of the path from the top level.</param>
    public static string[] Lines(params string[] path) => System.IO.File.ReadAllLines(File(path));

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Raft.Verified.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} has Raft.Verified.sln; run the tests where they were built");
    }
}
