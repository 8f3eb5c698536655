using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The origins of all states, 12 bytes per state. They are kept in memory up to a limit, and beyond it in a file that
/// is deleted with this object. Thread-safe.
/// </summary>
/// <param name="folder">The folder of the file.</param>
/// <param name="maxBytes">The maximum size of the origins in memory, in bytes.</param>
internal sealed class Origins(string folder, long maxBytes) : IDisposable
{
    private const int Bits = 16;
    private readonly Lock _lock = new();
    private readonly List<Origin[]> _chunks = [];
    private SafeFileHandle? _file;
    private long _next;

    /// <summary>The number of states that have a number.</summary>
    public long Count => Interlocked.Read(ref _next);

    /// <summary>The disk space that the origins take, in bytes.</summary>
    public long FileBytes => _file is null ? 0 : Count * Origin.Size;

    private long InMemory => maxBytes / Origin.Size >> Bits << Bits;

    /// <summary>Adds the origins of new states, and gives these states consecutive numbers.</summary>
    /// <returns>The number of the first state; the others follow.</returns>
    public long Add(ReadOnlySpan<Origin> origins)
    {
        long first = Interlocked.Add(ref _next, origins.Length) - origins.Length;
        int kept = (int)Math.Clamp(InMemory - first, 0, origins.Length);
        for (int i = 0; i < kept; i++)
        {
            ChunkOf(first + i)[(first + i) & ((1 << Bits) - 1)] = origins[i];
        }

        if (kept < origins.Length)
        {
            RandomAccess.Write(FileOf(), MemoryMarshal.AsBytes(origins[kept..]), (first + kept) * Origin.Size);
        }

        return first;
    }

    /// <summary>Returns the origin of the state with the given number.</summary>
    public Origin Of(long number)
    {
        if (number < InMemory)
        {
            return ChunkOf(number)[number & ((1 << Bits) - 1)];
        }

        Span<Origin> origin = stackalloc Origin[1];
        int read = RandomAccess.Read(FileOf(), MemoryMarshal.AsBytes(origin), number * Origin.Size);
        return read == Origin.Size ? origin[0] : throw new IOException($"the file of origins ends within state {number}");
    }

    /// <summary>Writes all origins.</summary>
    public void Save(Stream stream)
    {
        for (long number = 0; number < Count; number++)
        {
            Origin origin = Of(number);
            stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Origin>(in origin)));
        }
    }

    /// <summary>Adds the origins that <see cref="Save"/> wrote.</summary>
    public void Load(Stream stream, long count)
    {
        Origin[] some = new Origin[4096];
        for (long left = count; left > 0;)
        {
            Span<Origin> next = some.AsSpan(0, (int)Math.Min(left, some.Length));
            stream.ReadExactly(MemoryMarshal.AsBytes(next));
            Add(next);
            left -= next.Length;
        }
    }

    public void Dispose() => _file?.Dispose();

    private Origin[] ChunkOf(long number)
    {
        int chunk = (int)(number >> Bits);
        lock (_lock)
        {
            while (_chunks.Count <= chunk)
            {
                _chunks.Add(new Origin[1 << Bits]);
            }

            return _chunks[chunk];
        }
    }

    private SafeFileHandle FileOf()
    {
        lock (_lock)
        {
            return _file ??= File.OpenHandle(
                Path.Combine(folder, $"origins-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }
    }
}
