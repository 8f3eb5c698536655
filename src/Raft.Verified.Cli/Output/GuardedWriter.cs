using System.Text;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// A writer for a destination that may fail, such as a full disk or a closed pipe. It drops all text after the first
/// failure instead of throwing, because an exception could hit any caller, even a simulated step.
/// </summary>
/// <param name="inner">The writer of the destination.</param>
/// <param name="failed">The callback for the first failure; it is called once.</param>
internal sealed class GuardedWriter(TextWriter inner, Action failed) : TextWriter
{
    private volatile bool _isWriting;

    /// <inheritdoc />
    public override Encoding Encoding => inner.Encoding;

    /// <summary>The message of the first failure; null as long as there is none.</summary>
    public string? Failure { get; private set; }

    /// <summary>True while a write waits for the destination. Any thread may read it.</summary>
    public bool IsWriting => _isWriting;

    /// <inheritdoc />
    public override void Write(char value) => Try(writer => writer.Write(value));

    /// <inheritdoc />
    public override void Write(string? value) => Try(writer => writer.Write(value));

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Try(writer => writer.Write(buffer, index, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc />
    public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

    /// <inheritdoc />
    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override void Flush() => Try(writer => writer.Flush());

    /// <inheritdoc />
    public override Task FlushAsync()
    {
        Flush();
        return Task.CompletedTask;
    }

    private void Try(Action<TextWriter> write)
    {
        if (Failure is not null)
        {
            return;
        }

        _isWriting = true;
        try
        {
            write(inner);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = exception.Message;
            failed();
        }
        finally
        {
            _isWriting = false;
        }
    }
}
