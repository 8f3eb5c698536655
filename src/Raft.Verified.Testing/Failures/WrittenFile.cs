using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Failures;

/// <summary>A file of a failure, or the reason why it was not written.</summary>
/// <param name="Path">The full path of the file; null when it was not written.</param>
/// <param name="Trouble">The reason why the file was not written; null when it was.</param>
internal sealed record WrittenFile(string? Path, string? Trouble)
{
    /// <summary>Writes a file. A failure is returned, not thrown.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="write">The function that writes the file, given its full path.</param>
    /// <param name="troubles">The list that receives the exception of a failure.</param>
    public static WrittenFile Write(string path, Action<string> write, List<Exception> troubles)
    {
        try
        {
            string full = System.IO.Path.GetFullPath(path);
            write(full);
            return new WrittenFile(full, null);
        }
        catch (Exception exception)
        {
            troubles.Add(exception);
            return new WrittenFile(null, $"{path} cannot be written: {Format.OneLine(exception.Message)}");
        }
    }

    /// <inheritdoc />
    public override string ToString() => Path ?? $"none, because {Trouble}";
}
