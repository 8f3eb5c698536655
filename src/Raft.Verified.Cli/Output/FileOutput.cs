namespace Raft.Verified.Cli.Output;

/// <summary>A writer for the files that the user names.</summary>
internal static class FileOutput
{
    /// <summary>
    /// Checks before long work that a file can be written. It creates the folder if necessary, but leaves no new file.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
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
    /// <param name="path">The path of the file.</param>
    /// <param name="content">The content of the file.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
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
