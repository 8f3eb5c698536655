using Raft.Verified.Linearizability.Files;

namespace Raft.Verified.Cli.Commands;

/// <summary>A history that the command line names: a file, or standard input.</summary>
internal static class HistoryInput
{
    /// <summary>The argument that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Reads a history.</summary>
    /// <exception cref="InputException">It cannot be read, or is none.</exception>
    /// <exception cref="OperationCanceledException">The command was interrupted.</exception>
    public static RecordedHistory Read(CommandContext context, string file, HistoryReading reading)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new InputException("the history's path is empty; expected a history file");
        }

        string name = NameOf(file);
        try
        {
            using Stream bytes = file == StandardInput ? context.OpenInput() : File.OpenRead(file);
            return RecordedHistory.Read(name, bytes, reading, context.Interrupted);
        }
        catch (HistoryFormatException exception)
        {
            throw new InputException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(file) ? "it is a folder; expected a file" : exception.Message;
            throw new InputException($"{name}: cannot be read: {reason}");
        }
    }

    /// <summary>The name that messages have for a file.</summary>
    public static string NameOf(string file) => file == StandardInput ? "standard input" : file;
}
