using Raft.Verified.Exploration.Schedules;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>Schedule files that several writers write at the same time.</summary>
public sealed class ScheduleFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writers_of_one_file_do_not_disturb_each_other()
    {
        string file = _folder.File("it.schedule");
        ScheduleHeader header = new("scenario", "random", true, 1, 2, 100, "build", "Property", "message");
        Parallel.For(1, 100, number => ScheduleFile.Write(file, new Schedule(header with { Iteration = number }, [])));

        Assert.InRange(ScheduleFile.Read(file).Header.Iteration, 1, 99);
        Assert.Equal([file], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_failed_writer_leaves_nothing()
    {
        string file = _folder.File("folder");
        Directory.CreateDirectory(file);
        ScheduleHeader header = new("scenario", "random", true, 1, 2, 100, "build", "Property", "message");

        Assert.ThrowsAny<Exception>(() => ScheduleFile.Write(file, new Schedule(header, [])));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }
}
