using Raft.Verified.Linearizability.Files;

namespace Raft.Verified.Cli.Commands;

/// <summary>A reader for the histories that a command line names: files, or standard input.</summary>
internal static class HistoryInput
{
    /// <summary>The argument that denotes standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Reads a history.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="file">The path of the file, or <see cref="StandardInput"/>.</param>
    /// <param name="reading">The options for reading the history.</param>
    /// <exception cref="InputException">The file cannot be read, or is not a history.</exception>
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

    /// <summary>Returns the name of a file for messages.</summary>
    /// <param name="file">The path of the file, or <see cref="StandardInput"/>.</param>
    public static string NameOf(string file) => file == StandardInput ? "standard input" : file;
}
