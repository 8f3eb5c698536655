using System.Text;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// A destination that may fail: a full disk, a closed pipe. What comes after a failure is dropped, and nobody who writes has to know: an exception would hit whatever happens to
/// write, the middle of a simulated step among them.
/// </summary>
/// <param name="inner">The destination.</param>
/// <param name="failed">Called once, when writing has failed for the first time.</param>
internal sealed class GuardedWriter(TextWriter inner, Action failed) : TextWriter
{
    private volatile bool _isWriting;

    /// <inheritdoc />
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Why writing failed; null as long as it has not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether somebody waits for the destination to take what is written. May be asked from any thread.</summary>
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
