namespace Raft.Verified.Testing.Text;

/// <summary>A writer for text files.</summary>
internal static class TextFile
{
    /// <summary>
    /// Writes a file completely or, on failure, not at all. Several writers of one file do not disturb each other.
    /// </summary>
    /// <param name="path">The path of the file, whose folder is created if necessary.</param>
    /// <param name="content">The content of the file.</param>
    public static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
