namespace Raft.Verified.Cli.Output;

/// <summary>Files that the user asked for by name.</summary>
internal static class FileOutput
{
    /// <summary>Makes sure, before hours of work, that a file can be written. Leaves no trace of it but the folder.</summary>
    /// <exception cref="InputException">It cannot be.</exception>
    public static void CheckWritable(string path) => Guard(path, () =>
    {
        bool existed = File.Exists(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Write))
        {
        }

        if (!existed)
        {
            File.Delete(path);
        }
    });

    /// <summary>Writes a file.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(string path, string content) => Guard(path, () => File.WriteAllText(path, content));

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written: {exception.Message}");
        }
    }
}
