import type {Documentation} from './types.ts'

/** What tasks may run in. */
export const containers = {
  Container: {
    text: 'The old wrapper around Docker.',
    deprecated: 'Use container = Docker(…).',
    example: {docker: {image: 'python:3.13'}},
    fields: {docker: {text: 'The image.', deprecated: 'Use container = Docker(…).', example: {image: 'python:3.13'}}},
  },
  Docker: {
    text: 'A container of the Docker daemon of the host. Its image must have what the executor needs.',
    example: {image: 'python:3.13'},
    fields: {
      image: {
        text: 'The name of the image, with a tag or a digest. {{docker.image[NAME][TAG]}} stands for the digest that the tag has now.',
        example: 'python:3.13',
      },
      parameters: {
        text: 'Options for docker run, where the cluster allows them.',
        since: 'after 0.8',
        example: [{name: 'env', value: 'MODE=prod'}],
      },
    },
  },
  Parameter: {
    text: 'An option for docker run: --NAME VALUE.',
    since: 'after 0.8',
    example: {name: 'env', value: 'MODE=prod'},
    fields: {
      name: {text: 'The option without its dashes.', example: 'env'},
      value: {text: 'What it is set to.', example: 'MODE=prod'},
    },
  },
  Mesos: {
    text: 'A container that Mesos itself makes, of an image, with folders of the host in it. No Docker daemon is needed.',
    since: 'after 0.8',
    example: {image: {name: 'python', tag: '3.13'}, volumes: [{container_path: '/data', host_path: '/srv/data', mode: 'RO'}]},
    fields: {
      image: {text: 'The file system of the container. Without it, that of the host.', example: {name: 'python', tag: '3.13'}},
      volumes: {
        text: 'Folders of the host that the container sees, where the cluster allows them.',
        example: [{container_path: '/data', host_path: '/srv/data', mode: 'RO'}],
      },
    },
  },
  DockerImage: {
    text: 'An image in the format of Docker, fetched by Mesos.',
    since: 'after 0.8',
    example: {name: 'python', tag: '3.13'},
    fields: {
      name: {text: 'The repository.', example: 'python'},
      tag: {text: 'The tag or digest.', example: '3.13'},
    },
  },
  AppcImage: {
    text: 'An image in the format of App Container, fetched by Mesos.',
    since: 'after 0.8',
    example: {name: 'example.com/hello', image_id: 'sha512-0123abcd'},
    fields: {
      name: {text: 'What the image is called.', example: 'example.com/hello'},
      image_id: {text: 'Its id: a digest.', example: 'sha512-0123abcd'},
    },
  },
  Volume: {
    text: 'A folder of the host, as the container sees it.',
    since: 'after 0.8',
    example: {container_path: '/data', host_path: '/srv/data', mode: 'RO'},
    fields: {
      container_path: {text: 'Where it is in the container.', example: '/data'},
      host_path: {text: 'Where it is on the host.', example: '/srv/data'},
      mode: {text: 'What the container may do with it.', values: {RO: 'read', RW: 'read and write'}, example: 'RO'},
    },
  },
} satisfies Partial<Documentation>
