using Microsoft.Win32.SafeHandles;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The states of one level of the search. They are kept in memory up to a limit, and beyond it in a file that is
/// deleted with this object. Thread-safe.
/// </summary>
/// <param name="folder">The folder of the file.</param>
/// <param name="maxBytes">The maximum size of the states in memory, in bytes.</param>
internal sealed class FrontierLevel(string folder, long maxBytes) : IDisposable
{
    private readonly List<FrontierBlock> _blocks = [];
    private readonly List<FrontierBlock> _givenBack = [];
    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private long _end;
    private int _taken;

    /// <summary>The number of states.</summary>
    public long Count { get; private set; }

    /// <summary>The number of blocks.</summary>
    public int Blocks => _blocks.Count;

    /// <summary>The memory that the states take, in bytes.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>The disk space that the states take, in bytes.</summary>
    public long FileBytes => _end;

    /// <summary>The blocks that were not taken, and the states that were given back.</summary>
    public IReadOnlyList<FrontierBlock> Left => [.. _blocks[Math.Min(_taken, _blocks.Count)..], .. _givenBack];

    /// <summary>Adds a block of states.</summary>
    /// <param name="data">The encoded states.</param>
    /// <param name="count">The number of states.</param>
    /// <param name="first">The number of the first state; the others follow.</param>
    public void Add(ReadOnlySpan<byte> data, int count, long first)
    {
        byte[]? kept = null;
        long offset = 0;
        SafeFileHandle? file = null;
        lock (_lock)
        {
            Count += count;
            if (MemoryBytes + data.Length <= maxBytes)
            {
                MemoryBytes += data.Length;
                kept = data.ToArray();
            }
            else
            {
                file = _file ??= File.OpenHandle(
                    Path.Combine(folder, $"level-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
                offset = _end;
                _end += data.Length;
            }
        }

        if (file is not null)
        {
            RandomAccess.Write(file, data, offset);
        }

        lock (_lock)
        {
            _blocks.Add(new FrontierBlock(kept, data.Length, offset, count, first));
        }
    }

    /// <summary>Takes the next block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="buffer">
    /// The buffer for a block from the file; replaced by a larger one when it is too small.
    /// </param>
    /// <param name="data">The encoded states of the block.</param>
    /// <returns>False when no block is left.</returns>
    public bool TryTake(out FrontierBlock block, ref byte[] buffer, out ReadOnlySpan<byte> data)
    {
        int at = Interlocked.Increment(ref _taken) - 1;
        if (at >= _blocks.Count)
        {
            block = default;
            data = default;
            return false;
        }

        block = _blocks[at];
        data = Read(block, ref buffer);
        if (block.Data is not null)
        {
            _blocks[at] = block with { Data = null };
        }

        return true;
    }

    /// <summary>Gives back the states of a block that were not expanded.</summary>
    public void GiveBack(ReadOnlySpan<byte> data, int count, long first)
    {
        lock (_lock)
        {
            _givenBack.Add(new FrontierBlock(data.ToArray(), data.Length, 0, count, first));
        }
    }

    /// <summary>Returns the encoded states of a block.</summary>
    public ReadOnlySpan<byte> Read(FrontierBlock block, ref byte[] buffer)
    {
        if (block.Data is not null)
        {
            return block.Data;
        }

        if (buffer.Length < block.Length)
        {
            buffer = new byte[block.Length];
        }

        int read = 0;
        while (read < block.Length)
        {
            int more = RandomAccess.Read(_file!, buffer.AsSpan(read, block.Length - read), block.Offset + read);
            read += more > 0 ? more : throw new IOException($"the file of the frontier ends at {block.Offset + read}; expected {block.Offset + block.Length} bytes");
        }

        return buffer.AsSpan(0, block.Length);
    }

    public void Dispose() => _file?.Dispose();
}
